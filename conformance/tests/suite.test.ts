import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, deploymentId, startOwnServer } from './rig/own-server.ts'
import { hangUp, startLyingServer, type Lie } from './rig/lying-server.ts'

interface Ran {
  readonly code: number | null
  readonly out: string
}

interface Report {
  readonly tally: Readonly<Record<string, number>>
  readonly results: readonly { readonly says: string; readonly verdict: { readonly status: string; readonly came?: readonly string[] } }[]
}

const stack = new AsyncDisposableStack()
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let truth = ''

beforeAll(async () => {
  truth = stack.use(await startOwnServer()).url
})
afterAll(() => stack.disposeAsync())

async function runSuite(...words: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const out = await text(child.stdout)
  return { code: await ended, out }
}

async function failuresUnder(lie: Lie, only: string): Promise<Readonly<Record<string, readonly string[]>>> {
  await using liar = await startLyingServer(truth, lie)
  const { code, out } = await runSuite(liar.url, '--deployment', deploymentId, '--only', only, '--json', '--patience', '3000')
  const { results }: Report = JSON.parse(out)
  const failed = results.filter(({ verdict }) => verdict.status === 'failed')
  expect(code).toBe(failed.length > 0 ? 1 : 0)
  return Object.fromEntries(failed.map(({ says, verdict }) => [says, verdict.came ?? []]))
}

const isAck = (frame: Parameters<Lie>[0]): boolean => frame['class'] === 'StructuredMessage' && frame['type'] === 'message'

test('an honest server passes, and the suite ends with 0', async () => {
  const { code, out } = await runSuite(truth, '--deployment', deploymentId, '--only', '2.8')

  expect(out).toContain('0 failed')
  expect(code).toBe(0)
})

test('cases that need the business’s side say so when nobody stands for it', async () => {
  const { code, out } = await runSuite(truth, '--deployment', deploymentId, '--only', '3.5', '--json')
  const { tally }: Report = JSON.parse(out)

  expect(tally).toEqual({ ok: 0, failed: 0, notApplicable: 0, needsBackend: 2 })
  expect(code).toBe(0)
})

test('with credentials the same cases are asked', async () => {
  const { out } = await runSuite(truth, '--client-id', client.clientId, '--client-secret', client.clientSecret, '--only', '3.5', '--json')
  const { tally }: Report = JSON.parse(out)

  expect(tally).toMatchObject({ needsBackend: 0, ok: 2 })
})

test('a list names sections and sentences without a server', async () => {
  const { code, out } = await runSuite('--list', '--only', '§4.7')

  expect(out.trim().split('\n').every((line) => line.startsWith('§4.7'))).toBe(true)
  expect(code).toBe(0)
})

test.for([[], ['not a url'], ['http://127.0.0.1:1', '--json', '--markdown'], ['http://127.0.0.1:1', '--client-id', 'half'], ['http://127.0.0.1:1', '--only', '99'], ['--unheard-of']])(
  'words that make no sense end with 2: %j',
  async (words) => {
    expect((await runSuite(...words)).code).toBe(2)
  },
)

test('a server that is not there fails every case', async () => {
  const { code, out } = await runSuite('http://127.0.0.1:1', '--deployment', deploymentId, '--only', '4.6', '--json')
  const { tally }: Report = JSON.parse(out)

  expect(tally).toMatchObject({ ok: 0, failed: 3 })
  expect(code).toBe(1)
})

const lies: readonly { readonly what: string; readonly only: string; readonly lie: Lie; readonly caught: RegExp }[] = [
  { what: 'sends numbers as metadata', only: '4.6', caught: /a value of metadata is not a text/, lie: (frame) => [isAck(frame) ? { ...frame, body: { ...frame.body, metadata: { count: 1 } } } : frame] },
  { what: 'leaves out the moment of a message', only: '4.6', caught: /channel\.time/, lie: (frame) => [isAck(frame) ? { ...frame, body: { ...frame.body, channel: {} } } : frame] },
  { what: 'gives every message the same moment', only: '4.13', caught: /does not rise/, lie: (frame) => [isAck(frame) ? { ...frame, body: { ...frame.body, channel: { time: '2026-03-04T10:11:12.345Z' } } } : frame] },
  { what: 'acknowledges nothing', only: '4.6', caught: /waited 3000 ms/, lie: (frame) => (isAck(frame) ? [] : [frame]) },
  { what: 'forgets the tracingId', only: '2.6', caught: /waited 3000 ms/, lie: ({ tracingId: _, ...frame }) => [frame] },
  { what: 'invents a class', only: '2.6', caught: /known to no client/, lie: (frame) => [{ ...frame, class: 'Surprise' }] },
  { what: 'tells the expiry in milliseconds', only: '3.2', caught: /seconds/, lie: (frame) => [frame['class'] === 'SessionResponse' ? { ...frame, body: { ...frame.body, expirationDate: 1_790_000_000_000 } } : frame] },
  { what: 'answers twice, the first time as another class', only: '2.8', caught: /class/, lie: (frame) => [{ type: 'response', class: 'Error', code: 200, tracingId: frame['tracingId'], body: {} }, frame] },
  { what: 'puts other words into a guest’s mouth', only: '3.3', caught: /body\.text/, lie: (frame) => [isAck(frame) ? { ...frame, body: { ...frame.body, text: 'something else' } } : frame] },
  { what: 'hangs up without a code', only: '2.6', caught: /without a code/, lie: () => [hangUp] },
  { what: 'closes the connection before it tells that it was cleared', only: '4.7', caught: /in this order|before ConnectionClosedEvent/, lie: (frame) => (frame['class'] === 'SessionClearedEvent' ? [{ ...frame, class: 'ConnectionClosedEvent' }, frame] : [frame]) },
]

test.for(lies)('a server that $what is caught', async ({ only, lie, caught }) => {
  const failures = await failuresUnder(lie, only)

  expect(Object.values(failures).flat().join('\n')).toMatch(caught)
})
