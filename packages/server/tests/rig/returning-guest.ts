import { expect } from 'vitest'
import type { Backend } from './backend.ts'
import { deploymentId } from './environment.ts'
import { configure, openGuestSocket, say, type Frame } from './guest-socket.ts'

/** What a guest's browser keeps of a visit. */
export interface Visit {
  readonly token: string
  readonly contactId: string
  readonly resume: { readonly conversationId: string; readonly seq: number; readonly epoch: string }
}

interface Additions {
  readonly contactId: string
  readonly epoch: string
  readonly resumed?: boolean
}

/** A guest of the bootstrapped deployment says some things and leaves. */
export async function visit(url: string, token: string, texts: readonly string[]): Promise<Visit> {
  using socket = await openGuestSocket(url, deploymentId)
  const { contactId, epoch } = additionsOf(await configure(socket, deploymentId, token))
  let last: Frame | undefined
  for (const [index, text] of texts.entries()) last = await say(socket, token, text, `${token}-${String(index)}`)
  return { token, contactId, resume: { conversationId: String(last?.body['conversationId']), seq: Number(last?.body['seq']), epoch } }
}

/** The browser comes back with what it kept. Answers whether the server goes on from there, and every text that it was sent. */
export async function comeBack(url: string, { token, resume }: Visit, until: string): Promise<{ readonly resumed: boolean; readonly epoch: string; readonly texts: readonly string[] }> {
  using socket = await openGuestSocket(url, deploymentId)
  const { resumed = false, epoch } = additionsOf(await configure(socket, deploymentId, token, resume))
  await socket.until((frame) => textsIn(frame).includes(until))
  return { resumed, epoch, texts: socket.frames.flatMap(textsIn) }
}

/** The business writes to somebody by contact id. */
export function reach(backend: Backend, { contactId }: Visit, text: string): Promise<unknown> {
  return backend.ask('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text })
}

export interface FeedPage {
  readonly entities: readonly { readonly id: string; readonly type: string }[]
  readonly cursor: string
}

/** The feed from its beginning, or from a cursor on, to its end. */
export async function readFeed(backend: Backend, from?: string): Promise<FeedPage> {
  const entities: FeedPage['entities'][number][] = []
  for (let after = from; ; ) {
    const page = await backend.ask<FeedPage>('GET', `/api/v2/events?limit=500${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`)
    entities.push(...page.entities)
    if (page.entities.length < 500) return { entities, cursor: page.cursor }
    after = page.cursor
  }
}

function additionsOf(frame: Frame): Additions {
  const additions = frame.body['beckon']
  expect(additions).toMatchObject({ contactId: expect.any(String), epoch: expect.any(String) })
  return additions as Additions
}

function textsIn({ body }: Frame): readonly string[] {
  const entries = Array.isArray(body['entities']) ? (body['entities'] as readonly { readonly text?: unknown }[]) : [body as { readonly text?: unknown }]
  return entries.flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
}
