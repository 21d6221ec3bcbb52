import { identityKey, type Attachment, type Change, type ContactId, type Loaded, type Need } from '@beckon/core'

/**
 * What a decision has to itself while it is made, on all nodes: its contact first of all, and by their names the things that it
 * looks for and that may not be there yet (docs/adr/0031-how-many-nodes-write-one-log.md).
 */
export type LockKey = string

export function contactKey(id: ContactId): LockKey {
  return `contact ${id}`
}

/** What a need names. Where that leads is known once it was looked up: `keysLedTo`. */
export function keysNamed(need: Need): readonly LockKey[] {
  const { guestToken, identity } = need
  return [
    ...some(need.contactId, contactKey),
    ...some(guestToken, ({ deploymentId, hash }) => tokenKey(deploymentId, hash)),
    ...some(need.externalId, externalKey),
    ...some(identity, (one) => `identity ${identityKey(one.deploymentId, one)}`),
    ...some(identity?.orExternalId, externalKey),
    ...(need.attachmentIds ?? []).map((id) => `attachment ${id}`),
    ...some(need.idempotencyKey, (key) => `answer ${key}`),
    ...some(need.oauthClientId, (id) => `client ${id}`),
    ...some(need.agentId, (id) => `agent ${id}`),
    ...some(need.agentName, (name) => `agent named ${name}`),
    ...some(need.tokenHash, (hash) => `access ${hash}`),
    ...some(need.signInId, (id) => `sign-in ${id}`),
  ]
}

/** Whose row a decision is shown, whatever it was found by. */
export function contactsLedTo({ contact, session, conversation, proactive, attachments = [], identified, contactWithExternalId }: Loaded): readonly ContactId[] {
  const owners = [session, conversation, proactive, ...attachments].flatMap((one) => one?.contactId ?? [])
  const people = [contact, identified?.contact, contactWithExternalId].flatMap((one) => one?.id ?? [])
  return [...owners, ...people]
}

/** What must be locked besides, for a decision to see what it was shown until it is written. */
export function keysLedTo(found: Loaded): readonly LockKey[] {
  const { agentNamed, accessToken, signIn } = found
  return [
    ...contactsLedTo(found).map(contactKey),
    ...some(agentNamed, ({ id }) => `agent ${id}`),
    ...some(accessToken, ({ clientId }) => `client ${clientId}`),
    ...some(signIn, ({ deploymentId, identity }) => `identity ${identityKey(deploymentId, identity)}`),
  ]
}

/** A deployment is read by nearly every decision and changed by hardly any, so only who changes one has it alone. */
export function keysOfChanged({ deploymentId }: Need, changes: readonly Change[]): readonly LockKey[] {
  if (deploymentId === undefined) return []
  return changes.some((change) => change.kind === 'put-deployment' || change.kind === 'delete-deployment') ? [`deployment ${deploymentId}`] : []
}

/** The keys under which others would look for what a change touches. */
export function keysTouched(change: Change): readonly LockKey[] {
  switch (change.kind) {
    case 'put-contact': {
      const { id, externalId, identity, deploymentId } = change.contact
      return [contactKey(id), ...some(externalId, externalKey), ...some(identity, (one) => `identity ${identityKey(deploymentId, one)}`)]
    }
    case 'merge-contacts': return [contactKey(change.from), contactKey(change.into)]
    case 'erase-contact': case 'delete-push-devices': return [contactKey(change.contactId)]
    case 'put-conversation': return [contactKey(change.conversation.contactId)]
    case 'put-session': {
      const { contactId, deploymentId, tokenHash, foldedTokenHash } = change.session
      return [contactKey(contactId), tokenKey(deploymentId, tokenHash), ...some(foldedTokenHash, (hash) => tokenKey(deploymentId, hash))]
    }
    case 'append-entry': return [contactKey(change.entry.contactId)]
    case 'put-proactive': return [contactKey(change.proactive.contactId)]
    case 'put-attachment': return keysOfAttachment(change.attachment)
    case 'put-answer': return [`answer ${change.answer.key}`]
    case 'put-push-device': return [contactKey(change.device.contactId), tokenKey(change.device.deploymentId, change.device.tokenHash)]
    case 'delete-push-device': return [tokenKey(change.deploymentId, change.tokenHash)]
    case 'put-deployment': case 'delete-deployment': case 'withdraw-entry': case 'append-event': case 'put-timer': case 'drop-timer': return []
    default: return keysOfAccess(change)
  }
}

type AccessChange = Extract<Change, { readonly kind: `${'put' | 'delete'}-${'client' | 'token' | 'agent' | 'agent-session' | 'agent-sessions' | 'sign-in' | 'sign-ins'}` }>

function keysOfAccess(change: AccessChange): readonly LockKey[] {
  switch (change.kind) {
    case 'put-client': return [`client ${change.client.id}`]
    case 'delete-client': return [`client ${change.id}`]
    case 'put-token': return [`access ${change.token.hash}`]
    case 'put-agent': return [`agent ${change.agent.id}`, `agent named ${change.agent.name}`]
    case 'delete-agent': return [`agent ${change.id}`]
    case 'put-sign-in': return [`sign-in ${change.signIn.id}`]
    case 'delete-sign-in': return [`sign-in ${change.id}`]
    case 'delete-sign-ins': return [`identity ${identityKey(change.deploymentId, change.identity)}`]
    case 'put-agent-session': case 'delete-agent-session': case 'delete-agent-sessions': return []
  }
}

function keysOfAttachment({ id, contactId }: Attachment): readonly LockKey[] {
  return [`attachment ${id}`, contactKey(contactId)]
}

function tokenKey(deploymentId: string, hash: string): LockKey {
  return `token ${deploymentId} ${hash}`
}

function externalKey(externalId: string): LockKey {
  return `external ${externalId}`
}

function some<T>(value: T | undefined, keyOf: (value: T) => LockKey): readonly LockKey[] {
  return value === undefined ? [] : [keyOf(value)]
}
