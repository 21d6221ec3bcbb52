import { ok, refuse, toId, type Address, type Fault, type Noun, type Reader, type Result } from '@beckon/core'
import { readSessionAddress } from '@beckon/protocol'

/** The addresses that a body may carry; all of them lead to a person. */
export interface Addresses {
  readonly conversationId?: string
  readonly contactId?: string
  readonly externalId?: string
  readonly sessionId?: string
  readonly webChatSessionId?: string
  readonly webchatSessionId?: string
}

interface Lead {
  /** As the caller calls it. */
  readonly field: string
  readonly noun: Noun
  readonly id: string
  readonly address: Address
  readonly contactId: (reader: Reader) => Promise<string | undefined>
}

interface NamedSession {
  readonly sessionId?: string
  readonly pointer: string
}

/** The one address of a body. Several must lead to the same person, and then the one that says most counts. */
export async function readOneAddress(reader: Reader, body: Addresses): Promise<Result<Address>> {
  const session = readSessionAddress(body)
  if (!session.ok) return refuse({ code: 'invalid_request', faults: session.faults })
  const leads = leadsOf(body, session)
  const [first, ...others] = leads
  if (!first) return refuse({ code: 'invalid_request', faults: [{ pointer: '#', detail: 'needs contactId or externalId or conversationId or sessionId or webChatSessionId or webchatSessionId' }] })
  if (others.length === 0) return ok(first.address)
  const contactIds: (string | undefined)[] = []
  for (const lead of leads) contactIds.push(await lead.contactId(reader))
  const unknown = leads.find((_, index) => contactIds[index] === undefined)
  if (unknown) return refuse({ code: 'not_found', noun: unknown.noun, id: unknown.id })
  if (contactIds.every((id) => id === contactIds[0])) return ok(first.address)
  return refuse({ code: 'invalid_request', faults: leads.map((lead) => contradiction(lead, leads)) })
}

/** In the order of how much they say: a conversation is a person and a thread of theirs. */
function leadsOf({ conversationId, contactId, externalId }: Addresses, { sessionId, pointer }: NamedSession): readonly Lead[] {
  const leads: Lead[] = []
  if (conversationId !== undefined) {
    const id = toId<'conversation'>(conversationId)
    leads.push({ field: 'conversationId', noun: 'conversation', id, address: { conversationId: id }, contactId: async (reader) => (await reader.conversation(id))?.contactId })
  }
  if (contactId !== undefined) {
    const id = toId<'contact'>(contactId)
    leads.push({ field: 'contactId', noun: 'contact', id, address: { contactId: id }, contactId: async (reader) => (await reader.contact(id))?.id })
  }
  if (externalId !== undefined) {
    leads.push({ field: 'externalId', noun: 'contact', id: externalId, address: { externalId }, contactId: async (reader) => (await reader.contactByExternalId(externalId))?.id })
  }
  if (sessionId !== undefined) {
    const id = toId<'session'>(sessionId)
    leads.push({ field: pointer.slice(2), noun: 'session', id, address: { sessionId: id }, contactId: async (reader) => (await reader.session(id))?.contactId })
  }
  return leads
}

function contradiction({ field }: Lead, leads: readonly Lead[]): Fault {
  const others = leads.filter((lead) => lead.field !== field).map((lead) => lead.field)
  return { pointer: `#/${field}`, detail: `leads to another person than ${others.join(' and ')}` }
}
