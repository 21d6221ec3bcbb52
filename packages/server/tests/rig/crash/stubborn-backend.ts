import { aBackend, type Backend, type ClientCredentials } from '../backend.ts'
import type { Chance } from '../chance.ts'
import type { OnPromised } from './promises.ts'

export interface StubbornBackend {
  /** Repeats what was not answered under its own key, then sends more and more; resolves when the server is gone. */
  readonly write: (url: string) => Promise<void>
  /** Repeats what was not answered, and resolves when everything is. */
  readonly finish: (url: string) => Promise<void>
  /** Proactive ids of the messages that were accepted for later. */
  readonly scheduled: readonly string[]
  readonly refusals: readonly unknown[]
}

interface BackendOptions {
  readonly name: string
  readonly credentials: ClientCredentials
  readonly contactId: string
  readonly chance: Chance
  readonly onPromised: OnPromised
}

interface Request {
  readonly number: number
  readonly body: { readonly text: string; readonly policy?: { readonly sendAt: string } }
}

interface Accepted {
  readonly id: string
  readonly messageId: string
  readonly status: string
}

const shareScheduled = 0.5
/** Most come due while the same server still lives, so that kills hit appointments that are just being kept. */
const shareSoon = 0.9

/** A job that sends to one contact, one message after another, and repeats what was not answered with the same key. */
export function createStubbornBackend({ name, credentials, contactId, chance, onPromised }: BackendOptions): StubbornBackend {
  const scheduled: string[] = []
  const refusals: unknown[] = []
  let unanswered: Request | undefined
  let count = 0

  function nextRequest(): Request {
    count += 1
    const wait = chance.next() < shareSoon ? chance.between(5, 400) : chance.between(400, 3000)
    const sendAt = new Date(Date.now() + wait).toISOString()
    return { number: count, body: { text: `${name} sends ${count}`, ...(chance.next() < shareScheduled ? { policy: { sendAt } } : {}) } }
  }

  /** False when no answer came: the request stays to be repeated. */
  async function send(backend: Backend): Promise<boolean> {
    const request = (unanswered ??= nextRequest())
    const path = `/api/v2/conversations/messaging/contacts/${contactId}/messages`
    const answer = await backend.call('POST', path, request.body, { 'idempotency-key': `${name}-${request.number}` }).catch(() => undefined)
    if (answer === undefined || answer.status === 503) return false
    unanswered = undefined
    if (answer.status === 202) accept(request, answer.body as Accepted)
    else refusals.push(answer)
    return true
  }

  function accept({ number, body }: Request, { id, messageId, status }: Accepted): void {
    // What is scheduled gets its place in the order when its time comes, so it belongs to a writer of its own.
    if (status === 'scheduled') scheduled.push(id)
    onPromised({ id: messageId, writer: status === 'scheduled' ? `${name} later ${number}` : name, number, contactId, text: body.text })
  }

  return {
    scheduled, refusals,
    async write(url) {
      const backend = await aBackend(url, credentials).catch(() => undefined)
      if (backend === undefined) return
      let isAnswering = true
      while (isAnswering) isAnswering = await send(backend)
    },
    async finish(url) {
      const backend = await aBackend(url, credentials)
      while (unanswered !== undefined) await send(backend)
    },
  }
}
