import { toId, type Page, type PageRequest, type Reader } from '@beckon/core'

export interface Readable extends Readonly<Record<string, unknown>> {
  readonly epoch: string
  readonly lastPosition: number
}

/** All that can be read of a store, for comparing two of them. */
export async function everythingReadable(reader: Reader): Promise<Readable> {
  const contacts = await everyPage((page) => reader.contacts(page, {}))
  const conversations = await everyPage((page) => reader.conversations(page, {}))
  const proactives = await everyPage((page) => reader.proactives(page, {}))
  const { events } = await reader.events(0, 10_000, {})
  const messages = await Promise.all(events.flatMap(({ entry }) => (entry?.kind === 'message' ? [reader.message(entry.id)] : [])))
  const answer = await reader.answer('crm:1')
  return {
    epoch: reader.epoch,
    lastPosition: await reader.lastPosition(),
    nextTimerAt: await reader.nextTimerAt(),
    deployments: await everyPage((page) => reader.deployments(page)),
    clients: await everyPage((page) => reader.oauthClients(page)),
    agents: await everyPage((page) => reader.agents(page)),
    contacts, conversations, proactives, events, messages,
    people: await Promise.all(contacts.map(async ({ id }) => ({
      contact: await reader.contact(id),
      session: await reader.latestSession(id),
      conversation: await reader.latestConversation(id),
      devices: await reader.pushDevices(id),
    }))),
    logs: await Promise.all(conversations.map(async ({ id }) => ({
      entries: await reader.entries(id, { limit: 1000 }),
      last: await reader.entries(id, { before: 1000, limit: 2 }),
      history: await reader.guestHistory(id, { afterSeq: 0, offset: 1, limit: 3 }),
    }))),
    answer: answer && { fingerprint: answer.fingerprint, value: answer.value },
    nobody: await reader.contact(toId('nobody')),
  }
}

/** In pages of two, so that cursors are used; they are part of what is compared, since callers keep them. */
async function everyPage<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ size: 2, ...(cursor === undefined ? {} : { cursor }) })
    all.push(...page.entities)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}
