import { identityKey } from '../../domain/identity/identity.ts'
import type { SignIn } from '../../domain/identity/sign-in.ts'
import type { ContactId } from '../../domain/ids.ts'
import type { Change } from '../../ports/store.ts'
import type { Tables } from './tables.ts'

type IdentityChange = Extract<Change, { kind: 'put-sign-in' | 'delete-sign-in' | 'delete-sign-ins' | 'put-push-device' | 'delete-push-device' | 'delete-push-devices' }>

/** Where a push device is kept. */
export function deviceKey(deploymentId: string, tokenHash: string): string {
  return `${deploymentId} ${tokenHash}`
}

export function applyToIdentity(tables: Tables, change: IdentityChange): void {
  switch (change.kind) {
    case 'put-sign-in': return putSignIn(tables, change.signIn)
    case 'delete-sign-in': return tables.signIns.delete(change.id)
    case 'delete-sign-ins': return deleteSignIns(tables, identityKey(change.deploymentId, change.identity))
    case 'put-push-device': return tables.pushDevices.put(deviceKey(change.device.deploymentId, change.device.tokenHash), change.device)
    case 'delete-push-device': return tables.pushDevices.delete(deviceKey(change.deploymentId, change.tokenHash))
    case 'delete-push-devices': return deletePushDevices(tables, change.contactId)
  }
}

/** Of an erased person, neither their proofs nor their devices are kept. */
export function forgetIdentity(tables: Tables, contactId: ContactId): void {
  const contact = tables.contacts.get(contactId)
  if (contact?.identity) deleteSignIns(tables, identityKey(contact.deploymentId, contact.identity))
  deletePushDevices(tables, contactId)
}

export function deletePushDevices(tables: Tables, contactId: ContactId): void {
  for (const { value } of [...tables.pushDevices.rows()]) if (value.contactId === contactId) tables.pushDevices.delete(deviceKey(value.deploymentId, value.tokenHash))
}

function putSignIn(tables: Tables, signIn: SignIn): void {
  for (const hash of [signIn.refresh?.current, ...(signIn.refresh?.successors ?? [])]) if (hash !== undefined) tables.byKey.put(`refresh ${hash}`, signIn.id)
  tables.signIns.put(signIn.id, signIn)
}

function deleteSignIns(tables: Tables, key: string): void {
  for (const { value } of [...tables.signIns.rows()]) if (identityKey(value.deploymentId, value.identity) === key) tables.signIns.delete(value.id)
}
