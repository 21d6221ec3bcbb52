import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { operations } from '../operations.ts'
import type { Operation } from '../rest/operation.ts'
import type { Spelling } from './spelling.ts'
import { spellingIds, spellings } from './spellings.ts'

const each = spellingIds.map((id): readonly [string, Spelling] => [id, spellings[id]])

/** A value that fits a schema more often than not: what its examples, its names and its enumerations suggest. */
function valueFor(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  const { properties, enum: words, type, else: otherwise } = Object(schema)
  if (properties !== undefined && depth < 3) return objectFor(properties, depth + 1)
  if (Array.isArray(words)) return fc.constantFrom(...words)
  if (otherwise !== undefined) return fc.oneof(valueFor(otherwise, depth), fc.constant([{ contentType: 'QuickReply', quickReply: { text: 'Yes' } }]))
  if (type === 'boolean') return fc.boolean()
  if (type === 'array') return fc.subarray(['replied', 'seen', 'live', 'service'])
  return fc.constantFrom('a', 'b', 'ada@example.com', '2026-03-04T10:11:12Z', '💥')
}

function objectFor(properties: object, depth: number): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueFor(schema, depth)]))
  const names = Object.keys(fields)
  return fc.subarray(names, { maxLength: Math.min(4, names.length) }).chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, fields[name] ?? fc.constant('')]))))
}

/** Bodies near the examples, since few of those made from nothing say enough. */
function bodiesOf({ body, examples }: Spelling): fc.Arbitrary<object> {
  if (body === undefined) return fc.constant({})
  const known = fc.constantFrom({}, ...examples.map((example) => Object(example.body)))
  return fc.tuple(known, objectFor(Object(body).properties, 0)).map(([example, change]) => ({ ...example, ...change }))
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.join() === others.join()
}

describe('every call that a row lets in becomes a call of its twin, or is told what is wrong with it', () => {
  test.each(each)('%s', (_, row) => {
    const canonical: Operation = operations[row.canonical]
    const [own, twin] = [row.body && Compile(row.body), canonical.body && Compile(canonical.body)]
    const params = Object.fromEntries(Object.keys(row.params?.properties ?? {}).map((name) => [name, `some ${name}`]))
    let translations = 0

    fc.assert(
      fc.property(bodiesOf(row), (body) => {
        fc.pre(own === undefined || own.Check(body))
        const translation = row.translate({ params, body })
        if (!translation.ok) return translation.faults.length > 0
        translations += 1
        const wrong = twin?.Errors(translation.body) ?? []
        return wrong.length === 0 && same(Object.keys(translation.params), Object.keys(canonical.params?.properties ?? {}))
      }),
      { numRuns: 400, maxSkipsPerRun: 1000 },
    )
    expect(translations).toBeGreaterThan(20)
  })
  test.each(each)('%s: nothing whatever makes the translation throw', (_, row) => {
    fc.assert(fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.string()), (body, params) => void row.translate({ params, body })))
  })
})
