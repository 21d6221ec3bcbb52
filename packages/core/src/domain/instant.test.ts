import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, days, instant, milliseconds, minutes, parseDuration, plus, seconds } from './instant.ts'

describe('a duration', () => {
  test.for([
    ['P7D', days(7)],
    ['PT20M', minutes(20)],
    ['PT1.5S', milliseconds(1500)],
    ['P1DT2H3M4S', milliseconds(93_784_000)],
    ['PT0S', milliseconds(0)],
    ['PT36H', days(1.5)],
  ] as const)('is read from its ISO 8601 text: %s', ([text, duration]) => {
    expect(parseDuration(text)).toBe(duration)
  })

  test.for(['', 'P', 'PT', 'P1DT', '7D', 'P1M', 'P1Y', 'P1W', '-P1D', 'PT1,5S', 'pt1s', 'P1D '])('is not read from "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('of whole parts is the sum of its parts', () => {
    const part = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(part, part, part, part, (d, h, m, s) => {
        expect(parseDuration(`P${d}DT${h}H${m}M${s}S`)).toBe(days(d) + minutes(h * 60 + m) + seconds(s))
      }),
    )
  })

  test('added to a moment lies between it and the moment reached', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (at, wait) => {
        expect(between(instant(at), plus(instant(at), milliseconds(wait)))).toBe(wait)
      }),
    )
  })
})
