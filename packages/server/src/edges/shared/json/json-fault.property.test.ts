import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFaultAt } from './json-fault.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('a text has a fault exactly when the engine does not read it as JSON', () => {
  const nearly = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '\n', '0', '\u0001')).map(([text, at, change]) => text.slice(0, at % (text.length + 1)) + change + text.slice((at % (text.length + 1)) + 1))

  fc.assert(fc.property(fc.oneof(fc.json(), nearly, fc.string()), (text) => {
    expect(jsonFaultAt(text) === undefined).toBe(isJson(text))
  }), { numRuns: 3000 })
})

test('up to its fault, a text could still have become JSON: nothing before it is to blame', () => {
  expect([jsonFaultAt('{"a":1,}'), jsonFaultAt('[1 2]'), jsonFaultAt('{"a" 1}'), jsonFaultAt('01'), jsonFaultAt('"a\nb"'), jsonFaultAt(''), jsonFaultAt('nul')]).toEqual([7, 3, 5, 1, 2, 0, 0])
})
