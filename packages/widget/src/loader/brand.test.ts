import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { brandColors, contrast, parseColor, type Rgb } from './brand.ts'

const channel = fc.integer({ min: 0, max: 255 })
const color = fc
  .tuple(channel, channel, channel)
  .map((rgb) => `#${rgb.map((each) => each.toString(16).padStart(2, '0')).join('')}`)

function rgb(text: string): Rgb {
  const parsed = parseColor(text)
  if (parsed === undefined) throw new Error(`${text} is no colour`)
  return parsed
}

test('whatever the brand colour is, its text can be read, on it and in it', () => {
  fc.assert(
    fc.property(color, (brand) => {
      const { fill, onFill, onLight, onDark } = brandColors(brand)

      expect(contrast(rgb(fill), rgb(onFill))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(onLight), rgb('#f1f2f5'))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(onDark), rgb('#2a2c33'))).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 1000 },
  )
})

test('a colour that can be read as it is stays as it is', () => {
  expect(brandColors('#0f6b5c').fill).toBe('#0f6b5c')
  expect(brandColors('#ffe600')).toMatchObject({ fill: '#ffe600', onFill: '#14151a' })
})

test('what is no colour is the default brand', () => {
  for (const nonsense of [undefined, '', 'red', '#12', 'url(x)', '#12345g']) {
    expect(brandColors(nonsense)).toEqual(brandColors('#4353e0'))
  }
})
