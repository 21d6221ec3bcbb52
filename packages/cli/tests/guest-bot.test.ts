import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Beckon } from '@beckon/client'
import { expect, test } from 'vitest'
import { runToEnd } from './examples/run-to-end.ts'
import { startServer } from './examples/started-server.ts'

interface Transcript {
  readonly frames: readonly { readonly at: number; readonly from: 'guest' | 'server'; readonly frame: Frame }[]
}

interface Frame {
  readonly token?: string
  readonly action?: string
  readonly class?: string
  readonly message?: { readonly type: string; readonly text?: string }
  readonly body?: { readonly text?: string; readonly kind?: string }
}

const root = join(import.meta.dirname, '../../..')
const bot = join(root, 'examples/guest-bot/guest-bot.mjs')

/** Answers the guest who returns a jacket, as an agent would. */
async function assist(beckon: Beckon): Promise<void> {
  const from = { name: 'Mira', kind: 'agent' } as const
  const { id } = await whenGuestSays(beckon, 'too small')
  await beckon.sendToConversation(id, { text: 'I am sorry to hear that. May I have your order number?', from })
  await whenGuestSays(beckon, 'order 77')
  const content = ['Size L, please', 'Money back'].map((text) => ({ contentType: 'QuickReply', quickReply: { text, payload: text, action: 'Message' } }) as const)
  await beckon.sendToConversation(id, { text: 'Thank you. What would you like?', content, from })
  await whenGuestSays(beckon, 'Size L')
  await beckon.sendToConversation(id, { text: 'A jacket in size L is on its way.', from })
}

async function whenGuestSays(beckon: Beckon, words: string): Promise<{ readonly id: string }> {
  let found: { readonly id: string } | undefined
  await expect.poll(async () => (found = (await beckon.listConversations({ q: words })).entities[0]), { timeout: 60_000 }).toBeDefined()
  return { id: found?.id ?? '' }
}

const saidIn = ({ frames }: Transcript): readonly (string | undefined)[] =>
  frames.flatMap(({ from, frame }) => (from === 'server' && frame.class === 'StructuredMessage' && frame.body?.kind === 'message' ? [frame.body.text] : []))

test('the guest who is a program plays its script with an agent, and prints and records what was said', { timeout: 120_000 }, async () => {
  await using server = await startServer()
  await using cleaning = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'beckon-bot-'))
  cleaning.defer(() => rm(folder, { recursive: true }))
  const record = join(folder, 'transcript.json')

  const [ran] = await Promise.all([runToEnd([process.execPath, bot, '--record', record], server.env, 100_000), assist(server.beckon)])
  const recorded: Transcript = JSON.parse(await readFile(record, 'utf8'))
  const shown: Transcript = JSON.parse(await readFile(join(root, 'packages/server/src/edges/web/docs/transcript/return-a-jacket.json'), 'utf8'))

  expect(ran).toEqual({
    code: 0,
    err: '',
    out: [
      'guest: Hello, the jacket I ordered is too small.',
      'Mira: I am sorry to hear that. May I have your order number?',
      'guest: It is order 77.',
      'Mira: Thank you. What would you like?',
      'guest: Size L, please',
      'Mira: A jacket in size L is on its way.',
      'guest: That was quick. Thank you!',
      '',
    ].join('\n'),
  })
  expect(recorded.frames.every(({ frame }) => frame.token === undefined || frame.token === '…')).toBe(true)
  // The recording that the documentation explains is of this conversation.
  expect(saidIn(recorded)).toEqual(saidIn(shown))
})

test('a guest with whom nobody plays along says at which line it waits, and ends with 1', { timeout: 120_000 }, async () => {
  await using server = await startServer()

  const ran = await runToEnd([process.execPath, bot, '--patience', '1'], server.env, 100_000)

  expect(ran).toEqual({ code: 1, out: 'guest: Hello, the jacket I ordered is too small.\n', err: 'nobody played along within 1 seconds: line 2, hear "order number"\n' })
})
