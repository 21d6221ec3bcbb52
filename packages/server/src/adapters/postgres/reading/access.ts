import type { AccessToken, Agent, AgentId, AgentSession, Deployment, Instant, OAuthClient, Page, PageRequest, PushDevice, Reader, SignIn } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, text } from '../../sql/row.ts'
import type { LookUpIn } from './look-up.ts'
import type { Query } from './query.ts'

type AccessReader = Pick<Reader,
  | 'deployment' | 'deployments' | 'oauthClient' | 'oauthClients' | 'accessToken' | 'agent' | 'agentByName' | 'agents' | 'agentSession'
  | 'signIn' | 'signInByRefreshToken' | 'pushDevices'>

/** Deployments, clients, tokens, agents, and what guests proved of themselves. */
export function createAccessReader(query: Query, lookUpIn: LookUpIn): AccessReader {
  return {
    deployment: lookUpIn<Deployment>('deployments'),
    deployments: (request) => list<Deployment>(query, 'deployments', request),
    oauthClient: lookUpIn<OAuthClient>('oauth_clients'),
    oauthClients: (request) => list<OAuthClient>(query, 'oauth_clients', request),
    accessToken: lookUpIn<AccessToken>('access_tokens', 'hash'),
    agent: lookUpIn<Agent>('agents'),
    agentByName: lookUpIn<Agent>('agents', 'name'),
    agents: (request) => list<Agent>(query, 'agents', request),
    agentSession: (hash) => agentSession(query, hash),
    signIn: lookUpIn<SignIn>('sign_ins'),
    signInByRefreshToken: (hash) =>
      query.one<SignIn>('sign_in_by_token', 'SELECT sign_ins.body FROM refresh_tokens JOIN sign_ins ON sign_ins.id = refresh_tokens.sign_in_id WHERE hash = $1', [hash]),
    pushDevices: (contactId) => query.all<PushDevice>('push_devices', 'SELECT body FROM push_devices WHERE contact_id = $1 ORDER BY deployment_id, token_hash', [contactId]),
  }
}

/** In the order in which they were made. */
async function list<T>(query: Query, table: 'deployments' | 'oauth_clients' | 'agents', { size, cursor }: PageRequest): Promise<Page<T>> {
  const after = decodeCursor(cursor, 1)?.[0] ?? 0
  const rows = await query.rows(`list_${table}`, `SELECT key, body FROM ${table} WHERE key > $1 ORDER BY key LIMIT $2`, [after, size + 1])
  return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => body<T>(row))
}

async function agentSession(query: Query, hash: string): Promise<AgentSession | undefined> {
  const row = await query.first('agent_session', 'SELECT agent_id, expires_at FROM agent_sessions WHERE hash = $1', [hash])
  return row && { hash, agentId: text(row, 'agent_id') as AgentId, expiresAt: number(row, 'expires_at') as Instant }
}
