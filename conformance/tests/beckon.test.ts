import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBeckonBackend } from '../src/backend/beckon-backend.ts'
import { cases } from '../src/cases.ts'
import { renderMarkdown } from '../src/report/markdown.ts'
import type { Case } from '../src/run/case.ts'
import { runCase } from '../src/run/run-case.ts'
import type { Result } from '../src/run/run-cases.ts'
import type { Target } from '../src/run/world.ts'
import { client, deploymentId, startOwnServer } from './rig/own-server.ts'

const results = new Map<string, Result>()
const stack = new AsyncDisposableStack()
let target: Target

const nameOf = ({ section, says }: Case): string => `§${section} ${says}`

beforeAll(async () => {
  const { url } = stack.use(await startOwnServer())
  target = { url, deploymentId, backend: await createBeckonBackend({ url, ...client }), patience: 25_000 }
})
afterAll(() => stack.disposeAsync())

describe.concurrent('a guest of Beckon may count on', () => {
  for (const one of cases) {
    const name = nameOf(one)
    // oxlint-disable-next-line vitest/valid-title -- it is a text, made from the case
    test(name, async ({ expect }) => {
      const verdict = await runCase(one, target)
      results.set(name, { section: one.section, says: one.says, verdict })
      expect(verdict.status === 'failed' ? verdict.came : []).toEqual([])
      expect(verdict.status).not.toBe('needsBackend')
    })
  }
})

describe('the page that tells of it', () => {
  test('says what the run says: npm run conformance -- <url> --client-id … --client-secret … --markdown > docs/conformance.md', () => {
    const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8')

    expect(page).toBe(renderMarkdown(cases.flatMap((one) => results.get(nameOf(one)) ?? []), 'Beckon'))
  })
})

test('no sentence is asked twice under one name', () => {
  expect(results.size).toBe(cases.length)
})
