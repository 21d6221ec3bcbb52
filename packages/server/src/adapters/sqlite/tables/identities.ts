import { identityKey, type ContactId, type DeploymentId, type Identity, type Instant, type PushDevice, type SignIn, type SignInId } from '@beckon/core'
import { body, text } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Identities = ReturnType<typeof createIdentities>

const forgottenAtATime = 200

/** What guests proved of themselves, and where their apps are woken. */
export function createIdentities(db: Connection) {
  return { signIns: createSignIns(db), pushDevices: createPushDevices(db) }
}

function createSignIns(db: Connection) {
  const byId = db.prepare('SELECT body FROM sign_ins WHERE id = ?')
  const byToken = db.prepare('SELECT sign_ins.body FROM refresh_tokens JOIN sign_ins ON sign_ins.id = refresh_tokens.sign_in_id WHERE hash = ?')
  const upsert = db.prepare(`INSERT INTO sign_ins (id, identity, expires_at, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, body = excluded.body`)
  const name = db.prepare('INSERT OR IGNORE INTO refresh_tokens (hash, sign_in_id) VALUES (?, ?)')
  const remove = db.prepare('DELETE FROM sign_ins WHERE id = ?')
  const idsOf = db.prepare('SELECT id FROM sign_ins WHERE identity = ?')
  const expired = db.prepare('SELECT id FROM sign_ins WHERE expires_at <= ? LIMIT ?')
  const forgetTokens = db.prepare('DELETE FROM refresh_tokens WHERE sign_in_id = ?')
  const drop = (id: SignInId): void => {
    forgetTokens.run(id)
    remove.run(id)
  }
  return {
    find(id: SignInId): SignIn | undefined {
      const row = byId.get(id)
      return row && body<SignIn>(row)
    },
    findByToken(hash: string): SignIn | undefined {
      const row = byToken.get(hash)
      return row && body<SignIn>(row)
    },
    put(signIn: SignIn): void {
      const { id, deploymentId, identity, expiresAt, refresh } = signIn
      upsert.run(id, identityKey(deploymentId, identity), expiresAt, JSON.stringify(signIn))
      for (const hash of [refresh?.current, ...(refresh?.successors ?? [])]) if (hash !== undefined) name.run(hash, id)
    },
    drop,
    dropOf(deploymentId: DeploymentId, identity: Identity): void {
      for (const row of idsOf.all(identityKey(deploymentId, identity))) drop(text(row, 'id') as SignInId)
    },
    forgetExpired(now: Instant): void {
      for (const row of expired.all(now, forgottenAtATime)) drop(text(row, 'id') as SignInId)
    },
  }
}

function createPushDevices(db: Connection) {
  const byToken = db.prepare('SELECT body FROM push_devices WHERE deployment_id = ? AND token_hash = ?')
  const ofContact = db.prepare('SELECT push_devices.body FROM push_devices JOIN contacts ON contacts.key = push_devices.contact_key WHERE contacts.id = ?')
  const upsert = db.prepare(`INSERT INTO push_devices (deployment_id, token_hash, contact_key, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (deployment_id, token_hash) DO UPDATE SET contact_key = excluded.contact_key, body = excluded.body`)
  const remove = db.prepare('DELETE FROM push_devices WHERE deployment_id = ? AND token_hash = ?')
  const removeOf = db.prepare('DELETE FROM push_devices WHERE contact_key = ?')
  return {
    find(deploymentId: DeploymentId, tokenHash: string): PushDevice | undefined {
      const row = byToken.get(deploymentId, tokenHash)
      return row && body<PushDevice>(row)
    },
    of: (contactId: ContactId): readonly PushDevice[] => ofContact.all(contactId).map((row) => body<PushDevice>(row)),
    put: (device: PushDevice, contactKey: number) => upsert.run(device.deploymentId, device.tokenHash, contactKey, JSON.stringify(device)),
    drop: (deploymentId: DeploymentId, tokenHash: string) => remove.run(deploymentId, tokenHash),
    dropOf: (contactKey: number) => removeOf.run(contactKey),
  }
}
