import type { BeckonTarget } from '../../load/driver.ts'
import type { GuestMemory } from '../../load/beckon-guest.ts'
import { connectBeckonGuest, createGuestMemory } from '../../load/beckon-guest.ts'
import { must } from '../../must.ts'
import { parseJson } from '../../parse-json.ts'
import type { PostgresCluster } from '../../services/postgres.ts'
import type { Template } from './template.ts'

const SAID = 'A hundred characters of quite ordinary chat, as a customer would write it about a late parcel, say.'
const ANSWERED = 'A hundred characters of quite ordinary chat, as an agent would answer it about a late parcel, really.'

/** Has a running Beckon hold two conversations, one of which is closed, and reads what it has written of them. */
export async function makeTemplate(target: BeckonTarget, cluster: PostgresCluster, database: string): Promise<Template> {
  const open = await holdConversation(target)
  const closed = await holdConversation(target)
  await call(target, 'PATCH', `/api/v2/conversations/messaging/${conversationOf(closed)}`, { status: 'closed', reason: 'solved' })
  const one = (sql: string): Promise<string> => cluster.query(database, sql)
  const conversationId = conversationOf(open)
  const { contactId } = open
  const entry = (which: string): Promise<string> => one(`SELECT body FROM entries WHERE conversation_id = '${conversationId}' AND ${which} ORDER BY seq LIMIT 1`)
  const closedBody = await one(`SELECT body FROM conversations WHERE id = '${conversationOf(closed)}'`)
  const sessionId = await one(`SELECT id FROM sessions WHERE contact_id = '${contactId}'`)
  return {
    deploymentId: target.deploymentId,
    contactId,
    sessionId,
    conversationId,
    tokenHash: await one(`SELECT token_hash FROM sessions WHERE id = '${sessionId}'`),
    startedAt: Date.now(),
    contact: await one(`SELECT body FROM contacts WHERE id = '${contactId}'`),
    session: await one(`SELECT body FROM sessions WHERE id = '${sessionId}'`),
    sessionTimer: await one(`SELECT job FROM timers WHERE id = 'expire-session:${sessionId}'`),
    openConversation: await one(`SELECT body FROM conversations WHERE id = '${conversationId}'`),
    closedConversation: closedBody.replaceAll(conversationOf(closed), conversationId).replaceAll(closed.contactId, contactId),
    started: await entry(`body ->> 'event' = 'started'`),
    inbound: await entry(`body ->> 'kind' = 'message' AND body -> 'by' ->> 'kind' = 'customer'`),
    outbound: await entry(`body ->> 'kind' = 'message' AND body -> 'by' ->> 'kind' = 'agent'`),
  }
}

async function holdConversation(target: BeckonTarget): Promise<GuestMemory> {
  const memory = createGuestMemory()
  const guest = await connectBeckonGuest({ url: must(target.urls[0], 'a node'), deploymentId: target.deploymentId }, memory)
  await guest.send(SAID)
  await call(target, 'POST', `/api/v2/conversations/messaging/${conversationOf(memory)}/messages`, { text: ANSWERED, from: { name: 'Mira', kind: 'agent' } })
  guest.drop()
  return memory
}

function conversationOf({ conversationId }: GuestMemory): string {
  return must(conversationId, 'the conversation just held')
}

async function call({ urls, accessToken }: BeckonTarget, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${must(urls[0], 'a node')}${path}`, {
    method, headers: { 'authorization': `Bearer ${accessToken}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${parseJson<{ detail?: string }>(text).detail ?? text}`)
}
