import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documents } from './documents.mjs'

test.each(documents)('$path says what the code says; `npm run docs` brings it up to date', ({ path, render }) => {
  const written = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

  expect(written).toBe(render())
})
