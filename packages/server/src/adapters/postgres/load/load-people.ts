import { identityKey, type Attachment, type Contact, type ContactId, type Conversation, type Deployment, type MessageEntry, type Need, type PushDevice, type Session } from '@beckon/core'
import { decodeEntry } from '../../sql/entry-body.ts'
import { body, number, text, type Row } from '../../sql/row.ts'
import { by, ofContacts, type Load } from './asked.ts'
import { keyOf, type World } from './world.ts'

/** A browser's newest session, by its token or else by that in lower case. */
const sessionOfToken = `CROSS JOIN LATERAL (
  (SELECT 1 AS rank, key, id, token_hash, body FROM sessions WHERE deployment_id = asked.deployment_id AND token_hash = asked.hash ORDER BY key DESC LIMIT 1)
  UNION ALL
  (SELECT 2, key, id, token_hash, body FROM sessions WHERE deployment_id = asked.deployment_id AND folded_token_hash = asked.hash ORDER BY key DESC LIMIT 1)
  ORDER BY rank LIMIT 1) AS found`
const tokens = 'unnest($1::text[], $2::text[]) AS asked (deployment_id, hash)'

const token: Load['ask'] = ({ need: { guestToken, sessionId } }) => (guestToken && sessionId === undefined ? [[guestToken.deploymentId, guestToken.hash]] : [])

/**
 * Contacts with what lies around them. Each reads by one index, however many rows there are: `OFFSET 0` keeps a look-up for each that
 * was asked for from being turned into a join, for which the planner of a young and empty table would read all of it.
 */
export const peopleLoads: readonly Load[] = [
  {
    name: 'load contacts', ask: ({ contactIds }) => contactIds.map((id) => [id]),
    text: 'SELECT id, body FROM contacts WHERE id = ANY($1::text[])',
    take: (world, row) => void world.contacts.set(text(row, 'id'), body<Contact>(row)),
  },
  {
    name: 'load contacts by external id', ask: ({ need }) => [need.externalId, need.identity?.orExternalId].flatMap((id) => (id === undefined ? [] : [[id]])),
    text: 'SELECT id, body, external_id FROM contacts WHERE external_id = ANY($1::text[])',
    take: (world, row) => takeContact(world, row, world.contactByExternalId, 'external_id'),
  },
  {
    name: 'load contacts by identity', ask: ({ need: { identity } }) => (identity ? [[identityKey(identity.deploymentId, identity)]] : []),
    text: 'SELECT id, body, identity FROM contacts WHERE identity = ANY($1::text[])',
    take: (world, row) => takeContact(world, row, world.contactByIdentity, 'identity'),
  },
  {
    name: 'load deployments', ask: by((need) => need.deploymentId),
    text: 'SELECT id, body FROM deployments WHERE id = ANY($1::text[])',
    take: takeDeployment,
  },
  {
    name: 'load deployments of contacts', ask: ({ need, contactIds }) => (need.deploymentId === undefined ? contactIds.map((id) => [id]) : []),
    text: `SELECT id, body FROM deployments WHERE id = ANY(ARRAY(SELECT body ->> 'deploymentId' FROM contacts WHERE id = ANY($1::text[])))`,
    take: takeDeployment,
  },
  {
    name: 'load sessions', ask: by((need) => need.sessionId),
    text: 'SELECT id, body FROM sessions WHERE id = ANY($1::text[])',
    take: takeSession,
  },
  {
    name: 'load sessions by token', ask: token,
    text: `SELECT asked.deployment_id, asked.hash, found.id, found.body FROM ${tokens} ${sessionOfToken}`,
    take(world, row) {
      world.sessionByToken.set(keyOf(text(row, 'deployment_id'), text(row, 'hash')), takeSession(world, row).id)
    },
  },
  {
    name: 'load push devices', ask: (asked) => (asked.need.pushDevice ? token(asked) : []),
    text: `SELECT found.id, device.body FROM ${tokens} ${sessionOfToken}
      CROSS JOIN LATERAL (SELECT body FROM push_devices WHERE deployment_id = asked.deployment_id AND token_hash = found.token_hash OFFSET 0) AS device`,
    take: (world, row) => void world.pushDevices.set(text(row, 'id'), body<PushDevice>(row)),
  },
  {
    name: 'load latest sessions', ask: ofContacts((need) => need.latestSession === true),
    text: `SELECT found.id, found.body FROM unnest($1::text[]) AS asked (id),
      LATERAL (SELECT id, body FROM sessions WHERE contact_id = asked.id ORDER BY key DESC LIMIT 1) AS found`,
    take(world, row) {
      const session = takeSession(world, row)
      world.latestSession.set(session.contactId, session.id)
    },
  },
  {
    name: 'load open sessions', ask: ofContacts((need) => need.openSessions === true || need.identity !== undefined),
    text: `SELECT found.id, found.body FROM unnest($1::text[]) AS asked (id),
      LATERAL (SELECT id, body FROM sessions WHERE contact_id = asked.id AND NOT has_ended ORDER BY key OFFSET 0) AS found`,
    take(world, row) {
      const session = takeSession(world, row)
      push(world.openSessions, session.contactId, session.id)
    },
  },
]

/** What was said, and where it goes on. */
export const threadLoads: readonly Load[] = [
  {
    name: 'load conversations', ask: by((need) => need.conversationId),
    text: 'SELECT id, body FROM conversations WHERE id = ANY($1::text[])',
    take: takeConversation,
  },
  {
    name: 'load latest conversations', ask: ofContacts((need) => need.latestConversation === true || need.identity !== undefined),
    text: `SELECT found.id, found.body FROM unnest($1::text[]) AS asked (id), LATERAL (
      (SELECT 1 AS rank, id, body FROM conversations WHERE contact_id = asked.id AND status = 'open' ORDER BY key DESC LIMIT 1)
      UNION ALL
      (SELECT 2, id, body FROM conversations WHERE contact_id = asked.id ORDER BY key DESC LIMIT 1)
      ORDER BY rank LIMIT 1) AS found`,
    take(world, row) {
      const conversation = takeConversation(world, row)
      world.latestConversation.set(conversation.contactId, conversation.id)
    },
  },
  {
    name: 'load duplicates', ask: ({ need: { clientId }, contactIds }) => (clientId === undefined ? [] : contactIds.map((id) => [id, clientId])),
    text: `SELECT found.* FROM unnest($1::text[], $2::text[]) AS asked (contact_id, client_id), LATERAL (
      SELECT contact_id, client_id, conversation_id, seq, id, at, withdrawn, body FROM entries
      WHERE contact_id = asked.contact_id AND client_id = asked.client_id OFFSET 0) AS found`,
    take(world, row) {
      const place = { contactId: text(row, 'contact_id') as ContactId, conversationId: text(row, 'conversation_id') as MessageEntry['conversationId'], seq: number(row, 'seq') }
      const entry = decodeEntry(row, place)
      if (entry.kind === 'message') world.duplicates.set(keyOf(entry.contactId, text(row, 'client_id')), entry)
    },
  },
  {
    name: 'load attachments', ask: ({ need }) => (need.attachmentIds ?? []).map((id) => [id]),
    text: 'SELECT id, body FROM attachments WHERE id = ANY($1::text[])',
    take: (world, row) => void takeAttachment(world, row),
  },
  ownAttachments('unused', ' AND is_unused'),
  ownAttachments('all', ''),
]

function ownAttachments(which: NonNullable<Need['ownAttachments']>, condition: string): Load {
  return {
    name: `load attachments of contacts: ${which}`, ask: ofContacts((need) => need.ownAttachments === which),
    text: `SELECT found.id, found.body FROM unnest($1::text[]) AS asked (id),
      LATERAL (SELECT id, body FROM attachments WHERE contact_id = asked.id${condition} ORDER BY key OFFSET 0) AS found`,
    take(world, row) {
      const { id, contactId } = takeAttachment(world, row)
      push(world.ownAttachments, keyOf(which, contactId), id)
    },
  }
}

function takeContact(world: World, row: Row, index: Map<string, ContactId>, column: string): void {
  const contact = body<Contact>(row)
  world.contacts.set(contact.id, contact)
  index.set(text(row, column), contact.id)
}

function takeDeployment(world: World, row: Row): void {
  world.deployments.set(text(row, 'id'), body<Deployment>(row))
}

function takeSession(world: World, row: Row): Session {
  return take(world.sessions, row)
}

function takeConversation(world: World, row: Row): Conversation {
  return take(world.conversations, row)
}

function takeAttachment(world: World, row: Row): Attachment {
  return take(world.attachments, row)
}

/** Read by different statements of one batch, a row is the same: its contact's lock is held. */
function take<T>(into: Map<string, T>, row: Row): T {
  const value = body<T>(row)
  into.set(text(row, 'id'), value)
  return value
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
