import type { AccessToken, Agent, AgentId, AgentSession, Deployment, Instant, OAuthClient, Page, PageRequest, PushDevice, Reader, SignIn } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, text } from '../../sql/row.ts'
import type { Query } from './query.ts'

type AccessReader = Pick<Reader,
  | 'deployment' | 'deployments' | 'oauthClient' | 'oauthClients' | 'accessToken' | 'agent' | 'agentByName' | 'agents' | 'agentSession'
  | 'signIn' | 'signInByRefreshToken' | 'pushDevices'>

/** Deployments, clients, tokens, agents, and what guests proved of themselves. */
export function createAccessReader(query: Query): AccessReader {
  return {
    deployment: (id) => query.one<Deployment>('deployment', 'SELECT body FROM deployments WHERE id = $1', [id]),
    deployments: (request) => list<Deployment>(query, 'deployments', request),
    oauthClient: (id) => query.one<OAuthClient>('client', 'SELECT body FROM oauth_clients WHERE id = $1', [id]),
    oauthClients: (request) => list<OAuthClient>(query, 'oauth_clients', request),
    accessToken: (hash) => query.one<AccessToken>('access_token', 'SELECT body FROM access_tokens WHERE hash = $1', [hash]),
    agent: (id) => query.one<Agent>('agent', 'SELECT body FROM agents WHERE id = $1', [id]),
    agentByName: (name) => query.one<Agent>('agent_by_name', 'SELECT body FROM agents WHERE name = $1', [name]),
    agents: (request) => list<Agent>(query, 'agents', request),
    agentSession: (hash) => agentSession(query, hash),
    signIn: (id) => query.one<SignIn>('sign_in', 'SELECT body FROM sign_ins WHERE id = $1', [id]),
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
