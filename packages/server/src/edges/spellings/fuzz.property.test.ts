import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spellingIds, spellings, type Spelling } from '@beckon/protocol'
import { createSpelledWorld, type SpelledWorld } from './testing/spelled-world.ts'

const rows = spellingIds.map((id): readonly [string, Spelling] => [id, spellings[id]])

interface Shot {
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Calls near the valid ones: an example with some of its fields bent, in either casing. */
function shots({ params, body, examples }: Spelling, { ids }: SpelledWorld): fc.Arbitrary<Shot> {
  const id = fc.oneof(fc.constantFrom(...Object.values(ids)), fc.constantFrom('%00', '__proto__', '"', '-1', '💥', 'x'.repeat(80)))
  const names = Object.keys(Object(Object(body).properties))
  const value = fc.oneof(id, fc.jsonValue(), fc.constantFrom('open', 'closed', 'contact', '', true, false, '💥'.repeat(2000), { type: 'contact' }, { text: 'Hi' }, { whenClosed: 'reject' }, []))
  const bent = fc.tuple(fc.constantFrom({}, ...examples.map((example) => Object(example.body))), fc.dictionary(fc.constantFrom('nonsense', ...names), value, { maxKeys: 3 }))
  return fc.record({
    params: fc.record(Object.fromEntries(Object.keys(params?.properties ?? {}).map((name) => [name, id]))),
    body: body === undefined ? fc.constant(undefined) : fc.oneof({ weight: 5, arbitrary: bent.map(([example, change]) => ({ ...example, ...change })) }, { weight: 1, arbitrary: fc.jsonValue() }),
    headers: fc.record({ 'idempotency-key': fc.constantFrom('a', 'b', ''), 'if-match': fc.constantFrom('*', '"1"', '"') }, { requiredKeys: [] }),
  })
}

describe('whatever is thrown at it, every spelling answers as documented, and never with a scope that suffices refused', () => {
  test.each(rows)('%s', async (_, row) => {
    await using world = await createSpelledWorld('the conversation closed')
    const token = await world.api.tokenWith(row.scopes)

    await fc.assert(
      fc.asyncProperty(shots(row, world), async ({ params, body, headers }) => {
        const answer = await world.spell(row, { params, body }, { token, headers })

        expect([401, 403, 500]).not.toContain(answer.status)
        expect(answer.headers['link']).toContain('rel="canonical"')
      }),
      { numRuns: 80 },
    )
    expect(world.api.faults).toEqual([])
  }, 60_000)
})
