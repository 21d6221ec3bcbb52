import { expect, test } from 'vitest'
import { isOperationId, operationIds, operations } from '@beckon/protocol'
import { createBeckon } from './create-beckon.ts'
import type { Beckon } from './create-beckon.ts'

/** What is not spelled like its operation, and why. */
const elsewhere: Readonly<Record<string, keyof Beckon>> = { 'stream-events': 'events' }

test('every operation of the API has a method of its name', () => {
  const beckon = createBeckon({ url: 'http://beckon.test', token: 'x' })

  const missing = operationIds.filter((id) => !((elsewhere[id] ?? camelCase(id)) in beckon))

  expect(missing).toEqual([])
})

test.for(operationIds.filter((id) => !(id in elsewhere)))('%s calls the route of its operation', async (id) => {
  const { method, path } = rowOf(id)
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name))
  const seen: string[] = []
  const beckon = createBeckon({
    url: 'http://beckon.test',
    token: 'x',
    fetch: async (url, init) => {
      seen.push(`${init.method} ${new URL(url).pathname}`)
      return Response.json({ entities: [] })
    },
  })

  const call: unknown = Object.entries(beckon).find(([name]) => name === camelCase(id))?.[1]
  if (typeof call === 'function') await call(...parameters, {}, {})

  expect(seen).toEqual([`${method} ${path.replaceAll(/[{}]/g, '')}`])
})

function rowOf(id: string): { readonly method: string; readonly path: string } {
  const row = isOperationId(id) ? operations[id] : undefined
  return row ?? { method: 'none', path: '' }
}

function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
