import { identityKey, type Change, type SignIn } from '@beckon/core'
import type { Statement } from '../connect.ts'
import { jsonText } from '../json-text.ts'

/** Who has access, and what a guest proved or is woken by: few rows, changed rarely, each by statements of its own. */
export type RareChange = Exclude<Change, { readonly kind:
  | 'put-contact' | 'put-session' | 'put-conversation' | 'append-entry' | 'append-event' | 'put-proactive' | 'put-attachment' | 'put-timer' | 'put-answer'
  | 'drop-timer' | 'withdraw-entry' | 'merge-contacts' | 'erase-contact' }>

type IdentityChange = Extract<RareChange, { readonly kind: 'put-sign-in' | 'delete-sign-in' | 'delete-sign-ins' | 'put-push-device' | 'delete-push-device' | 'delete-push-devices' }>

export function rareStatements(change: RareChange): readonly Statement[] {
  switch (change.kind) {
    case 'put-deployment': return [statement('put deployment', putBody('deployments'), change.deployment.id, jsonText(change.deployment))]
    case 'delete-deployment': return [statement('delete deployment', 'DELETE FROM deployments WHERE id = $1', change.id)]
    case 'put-client': return [statement('put client', putBody('oauth_clients'), change.client.id, jsonText(change.client))]
    case 'delete-client': return [
      statement('delete tokens of client', 'DELETE FROM access_tokens WHERE client_id = $1', change.id),
      statement('delete client', 'DELETE FROM oauth_clients WHERE id = $1', change.id),
    ]
    case 'put-token': {
      const { hash, clientId, expiresAt } = change.token
      return [statement('put token', `INSERT INTO access_tokens (hash, client_id, expires_at, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO UPDATE SET body = excluded.body`, hash, clientId, expiresAt, jsonText(change.token))]
    }
    case 'put-agent': return [statement('put agent', `INSERT INTO agents (id, name, body) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body`, change.agent.id, change.agent.name, jsonText(change.agent))]
    case 'delete-agent': return [endSignIns(change.id), statement('delete agent', 'DELETE FROM agents WHERE id = $1', change.id)]
    case 'put-agent-session': {
      const { hash, agentId, expiresAt } = change.session
      return [statement('put agent session', 'INSERT INTO agent_sessions (hash, agent_id, expires_at) VALUES ($1, $2, $3)', hash, agentId, expiresAt)]
    }
    case 'delete-agent-session': return [statement('delete agent session', 'DELETE FROM agent_sessions WHERE hash = $1', change.hash)]
    case 'delete-agent-sessions': return [endSignIns(change.agentId)]
    default: return identityStatements(change)
  }
}

function identityStatements(change: IdentityChange): readonly Statement[] {
  switch (change.kind) {
    case 'put-sign-in': return putSignIn(change.signIn)
    case 'delete-sign-in': return [statement('delete sign-in', `WITH gone AS (DELETE FROM refresh_tokens WHERE sign_in_id = $1) DELETE FROM sign_ins WHERE id = $1`, change.id)]
    case 'delete-sign-ins': return [deleteSignIns(identityKey(change.deploymentId, change.identity))]
    case 'put-push-device': {
      const { deploymentId, tokenHash, contactId } = change.device
      return [statement('put push device', `INSERT INTO push_devices (deployment_id, token_hash, contact_id, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT (deployment_id, token_hash) DO UPDATE SET contact_id = excluded.contact_id, body = excluded.body`, deploymentId, tokenHash, contactId, jsonText(change.device))]
    }
    case 'delete-push-device': return [statement('delete push device', 'DELETE FROM push_devices WHERE deployment_id = $1 AND token_hash = $2', change.deploymentId, change.tokenHash)]
    case 'delete-push-devices': return [deletePushDevices(change.contactId)]
  }
}

export function deleteSignIns(identity: string): Statement {
  return statement('delete sign-ins', `WITH ids AS (SELECT id FROM sign_ins WHERE identity = $1), gone AS (DELETE FROM refresh_tokens WHERE sign_in_id IN (SELECT id FROM ids))
    DELETE FROM sign_ins WHERE identity = $1`, identity)
}

export function deletePushDevices(contactId: string): Statement {
  return statement('delete push devices', 'DELETE FROM push_devices WHERE contact_id = $1', contactId)
}

function endSignIns(agentId: string): Statement {
  return statement('delete agent sessions', 'DELETE FROM agent_sessions WHERE agent_id = $1', agentId)
}

function putSignIn(signIn: SignIn): readonly Statement[] {
  const { id, deploymentId, identity, expiresAt, refresh } = signIn
  const hashes = [refresh?.current, ...(refresh?.successors ?? [])].filter((hash) => hash !== undefined)
  return [
    statement('put sign-in', `INSERT INTO sign_ins (id, identity, expires_at, body) VALUES ($1, $2, $3, $4)
      ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, body = excluded.body`, id, identityKey(deploymentId, identity), expiresAt, jsonText(signIn)),
    statement('put refresh tokens', 'INSERT INTO refresh_tokens (hash, sign_in_id) SELECT unnest($1::text[]), $2 ON CONFLICT (hash) DO NOTHING', hashes, id),
  ]
}

function putBody(table: 'deployments' | 'oauth_clients'): string {
  return `INSERT INTO ${table} (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body`
}

export function statement(name: string, text: string, ...values: readonly unknown[]): Statement {
  return { name, text, values }
}
