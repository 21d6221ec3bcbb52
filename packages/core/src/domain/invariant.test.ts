import { describe, expect, test } from 'vitest'
import { invariant, InvariantBroken, must, unreachable } from './invariant.ts'

function isSo(claim: boolean): boolean {
  return claim
}

describe('a bug of ours', () => {
  test('is thrown with the claim that turned out to be false', () => {
    expect(() => invariant(isSo(false), 'one is more than two')).toThrow(new InvariantBroken('one is more than two'))
    expect(() => must(undefined, 'there is something')).toThrow('there is something')
    expect(() => must(null, 'there is something')).toThrow(InvariantBroken)
  })

  test('is not found in what holds', () => {
    expect(() => invariant(isSo(true), 'two is more than one')).not.toThrow()
    expect(must(0, 'zero is something')).toBe(0)
  })

  test('names the value that no branch was written for', () => {
    const everyBranch: (value: never) => unknown = unreachable

    expect(() => Reflect.apply(everyBranch, undefined, [{ kind: 'new' }])).toThrow('unreachable: {"kind":"new"}')
  })
})
