import type { AccessToken, Agent, AgentId, AgentSession, ClientId, Deployment, DeploymentId, Instant, OAuthClient, Page, PageRequest } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, text } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Access = ReturnType<typeof createAccess>

/** Deployments, clients, tokens and agents: few rows, read often, written rarely. */
export function createAccess(db: Connection) {
  return {
    deployments: createNamed<DeploymentId, Deployment>(db, 'deployments'),
    clients: createNamed<ClientId, OAuthClient>(db, 'oauth_clients'),
    agents: createAgents(db),
    tokens: createTokens(db),
    agentSessions: createAgentSessions(db),
  }
}

function createNamed<I extends string, T extends { readonly id: I }>(db: Connection, table: 'deployments' | 'oauth_clients' | 'agents') {
  const byId = db.prepare(`SELECT body FROM ${table} WHERE id = ?`)
  const list = db.prepare(`SELECT key, body FROM ${table} WHERE key > ? ORDER BY key LIMIT ?`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`)
  const upsert = table === 'agents' ? undefined : db.prepare(`INSERT INTO ${table} (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`)
  const known = new Map<I, T>()
  return {
    known,
    find(id: I): T | undefined {
      const kept = known.get(id)
      if (kept) return kept
      const row = byId.get(id)
      if (!row) return undefined
      const value = body<T>(row)
      known.set(id, value)
      return value
    },
    list({ size, cursor }: PageRequest): Page<T> {
      const rows = list.all(decodeCursor(cursor, 1)?.[0] ?? 0, size + 1)
      return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => body<T>(row))
    },
    put(value: T): void {
      upsert?.run(value.id, JSON.stringify(value))
      known.set(value.id, value)
    },
    delete(id: I): void {
      remove.run(id)
      known.delete(id)
    },
  }
}

function createAgents(db: Connection) {
  const named = createNamed<AgentId, Agent>(db, 'agents')
  const byName = db.prepare('SELECT body FROM agents WHERE name = ?')
  const upsert = db.prepare('INSERT INTO agents (id, name, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body')
  return {
    ...named,
    findByName(name: string): Agent | undefined {
      const row = byName.get(name)
      return row && body<Agent>(row)
    },
    put(agent: Agent): void {
      upsert.run(agent.id, agent.name, JSON.stringify(agent))
      named.known.set(agent.id, agent)
    },
  }
}

function createTokens(db: Connection) {
  const byHash = db.prepare('SELECT body FROM access_tokens WHERE hash = ?')
  const upsert = db.prepare('INSERT INTO access_tokens (hash, client_id, expires_at, body) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET body = excluded.body')
  const deleteOf = db.prepare('DELETE FROM access_tokens WHERE client_id = ?')
  const forget = db.prepare('DELETE FROM access_tokens WHERE rowid IN (SELECT rowid FROM access_tokens WHERE expires_at <= ? LIMIT 200)')
  return {
    find(hash: string): AccessToken | undefined {
      const row = byHash.get(hash)
      return row && body<AccessToken>(row)
    },
    put: (token: AccessToken) => upsert.run(token.hash, token.clientId, token.expiresAt, JSON.stringify(token)),
    deleteOf: (clientId: ClientId) => deleteOf.run(clientId),
    forgetExpired: (before: Instant) => forget.run(before),
  }
}

function createAgentSessions(db: Connection) {
  const byHash = db.prepare('SELECT hash, agent_id, expires_at FROM agent_sessions WHERE hash = ?')
  const insert = db.prepare('INSERT INTO agent_sessions (hash, agent_id, expires_at) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM agent_sessions WHERE hash = ?')
  const deleteOf = db.prepare('DELETE FROM agent_sessions WHERE agent_id = ?')
  const forget = db.prepare('DELETE FROM agent_sessions WHERE expires_at <= ?')
  return {
    find(hash: string): AgentSession | undefined {
      const row = byHash.get(hash)
      if (!row) return undefined
      return { hash, agentId: text(row, 'agent_id') as AgentId, expiresAt: number(row, 'expires_at') as Instant }
    },
    put: ({ hash, agentId, expiresAt }: AgentSession) => insert.run(hash, agentId, expiresAt),
    delete: (hash: string) => remove.run(hash),
    deleteOf: (agentId: AgentId) => deleteOf.run(agentId),
    forgetExpired: (now: Instant) => forget.run(now),
  }
}
