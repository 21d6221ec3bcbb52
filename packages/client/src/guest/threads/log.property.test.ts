import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Frame } from '../testing/scripted-server.ts'
import { entriesOf, guestStage } from '../testing/guest-stage.ts'

/** What may happen while a conversation goes on. */
type Happening =
  | { readonly kind: 'business writes' }
  | { readonly kind: 'guest writes' }
  | { readonly kind: 'connection is cut' }
  | { readonly kind: 'frames arrive'; readonly copies: readonly number[] }
  | { readonly kind: 'time passes'; readonly ms: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Happening>({ kind: 'business writes' }) },
  { weight: 3, arbitrary: fc.constant<Happening>({ kind: 'guest writes' }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'connection is cut' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('frames arrive' as const),
      copies: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time passes' as const), ms: fc.integer({ min: 0, max: 5000 }) }),
  },
)

test('whatever is lost, repeated or cut, the log has no hole, nothing twice, and in the end everything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (story, window) => {
      const { server, time, guest } = guestStage({ window })
      const written: string[] = []
      const isWhole = (): void => {
        const seqs = entriesOf(guest).map((entry) => entry.seq)
        expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at))
      }
      guest.subscribe(isWhole)
      guest.connect()
      for (const each of story) {
        if (each.kind === 'business writes') server.say('from the business')
        if (each.kind === 'guest writes') written.push(guest.send(`guest ${written.length}`).clientId)
        if (each.kind === 'connection is cut') server.cut()
        if (each.kind === 'frames arrive') server.rules.copies = inTurn(each.copies)
        await time.pass(each.kind === 'time passes' ? each.ms : 0)
        isWhole()
      }

      server.rules.copies = () => 1
      server.say('the end')
      await time.pass(600_000)

      expect(guest.state()).toMatchObject({ phase: 'live', caughtUp: true, pending: [] })
      expect(entriesOf(guest).at(-1)?.seq).toBe(server.log.length)
      const stored = server.log.map((entry) => entry['clientId']).filter((id) => id !== undefined)
      expect(stored).toEqual(written)
    }),
    { numRuns: 300 },
  )
})

test('entries that arrive in any order and more than once are read in the one order there is', async () => {
  const order = fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 })
  await fc.assert(
    fc.asyncProperty(order, fc.nat(11), async (shuffled, twice) => {
      const { server, time, guest } = guestStage()
      server.say('zero')
      guest.connect()
      await time.pass(1)
      server.rules.copies = () => 0
      const entries = shuffled.map(() => server.say('later'))
      // Catching up would hide the reordering: it must come right without it.
      server.rules.intercept = () => ({})
      server.rules.copies = () => 1

      for (const at of [...shuffled, twice]) server.push('StructuredMessage', entries[at])
      await time.pass(1)

      expect(entriesOf(guest).map((entry) => entry.seq)).toEqual([...Array(13).keys()].map((at) => at + 1))
    }),
    { numRuns: 200 },
  )
})

test('no text that is not a frame, and no frame with wrong fields, does any harm', async () => {
  const kinds = [
    'SessionResponse',
    'History',
    'StructuredMessage',
    'Conversation',
    'Receipt',
    'string',
    'Error',
    'Else',
  ]
  const frame = fc.record(
    { class: fc.constantFrom(...kinds), code: fc.anything(), body: fc.anything() },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame), async (frames) => {
      const { server, time, guest } = guestStage()
      guest.connect()
      await time.pass(1)

      for (const each of frames) server.push(each.class ?? '', each.body)
      await time.pass(60_000)

      expect(['live', 'waiting', 'connecting', 'configuring', 'expired']).toContain(guest.state().phase)
    }),
    { numRuns: 300 },
  )
})

function inTurn(copies: readonly number[]): (frame: Frame) => number {
  let at = 0
  return () => copies[at++ % copies.length] ?? 1
}
