import { expect } from 'vitest'
import type { Backend } from '../backend.ts'
import type { Promised } from './promises.ts'

export interface Ledger {
  readonly promise: (promised: Promised) => void
  /** Messages acknowledged so far. */
  readonly promised: number
  /** Entries read and found in order so far. */
  readonly entries: number
  /** Reads on where it stopped, and compares with every promise. */
  readonly check: (backend: Backend) => Promise<void>
  /** Every promise kept, scheduled ones included, and nothing there that nobody wrote. */
  readonly conclude: (backend: Backend) => Promise<void>
}

interface Entry {
  readonly seq: number
  readonly id: string
  readonly kind: 'message' | 'event'
  readonly text?: string
}

interface FeedEvent {
  readonly id: string
  readonly conversationId: string
  readonly data: { readonly message: Entry }
}

const pageSize = 500

/** What was promised, against what can be read. */
export function createLedger(): Ledger {
  const promises = new Map<string, Promised>()
  const unchecked = new Set<Promised>()
  const placeById = new Map<string, string>()
  const readUpTo = new Map<string, number>()
  const numbersByWriter = new Map<string, number>()
  let entries = 0

  function take(conversationId: string, entry: Entry): void {
    const expected = (readUpTo.get(conversationId) ?? 0) + 1
    expect(entry.seq, `a gap or a repetition in ${conversationId}`).toBe(expected)
    readUpTo.set(conversationId, entry.seq)
    entries += 1
    if (entry.kind !== 'message') return
    expect(placeById.get(entry.id), `${entry.text} is there twice`).toBeUndefined()
    placeById.set(entry.id, `${conversationId} ${entry.seq}`)
    takeInOrder(entry)
  }

  /** "guest-3 says 17": the numbers of each writer go up one by one, so a lost, doubled or overtaken message shows. */
  function takeInOrder({ text = '' }: Entry): void {
    const [writer = '', verb, number] = text.split(' ')
    if (verb !== 'says') return
    expect(Number(number), `${writer} is out of order at ${text}`).toBe((numbersByWriter.get(writer) ?? 0) + 1)
    numbersByWriter.set(writer, Number(number))
  }

  async function readOn(backend: Backend, conversationId: string): Promise<void> {
    for (;;) {
      const after = readUpTo.get(conversationId) ?? 0
      const page = await backend.ask<{ entities: Entry[] }>('GET', `/api/v2/conversations/messaging/${conversationId}/messages?after=${after}&limit=${pageSize}`)
      for (const entry of page.entities) take(conversationId, entry)
      if (page.entities.length < pageSize) return
    }
  }

  async function check(backend: Backend): Promise<void> {
    const listed = await backend.ask<{ entities: { id: string }[] }>('GET', '/api/v2/conversations/messaging?pageSize=100')
    for (const { id } of listed.entities) await readOn(backend, id)
    for (const promised of unchecked) {
      const { id, text, place } = promised
      if (place === undefined) continue
      expect(placeById.get(id), `${text} was acknowledged`).toBe(`${place.conversationId} ${place.seq}`)
      unchecked.delete(promised)
    }
  }

  return {
    check,
    promise(promised) {
      const known = promises.get(promised.id)
      expect(known === undefined || known.text === promised.text, `${promised.id} was given to two messages`).toBe(true)
      promises.set(promised.id, promised)
      unchecked.add(promised)
    },
    get promised() {
      return promises.size
    },
    get entries() {
      return entries
    },
    async conclude(backend) {
      await check(backend)
      const lost = [...promises.values()].filter(({ id }) => !placeById.has(id))
      expect(lost).toEqual([])
      expect([...placeById.keys()].filter((id) => !promises.has(id))).toEqual([])
      expect(await readFeed(backend)).toEqual(new Set(placeById.values()))
    },
  }
}

/** Every message that the feed tells of, each exactly once. */
async function readFeed(backend: Backend): Promise<ReadonlySet<string>> {
  const told = new Set<string>()
  for (let after = ''; ; ) {
    const page = await backend.ask<{ entities: FeedEvent[]; cursor: string }>('GET', `/api/v2/events?types=message.created&limit=${pageSize}${after === '' ? '' : `&after=${after}`}`)
    for (const { conversationId, data } of page.entities) {
      const place = `${conversationId} ${data.message.seq}`
      expect(told.has(place), `the feed tells of ${place} twice`).toBe(false)
      told.add(place)
    }
    if (page.entities.length < pageSize) return told
    after = encodeURIComponent(page.cursor)
  }
}
