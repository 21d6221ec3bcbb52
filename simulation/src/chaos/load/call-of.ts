import type { Call, Terms } from '../../history/record.ts'
import { parseJson } from './parse-json.ts'

interface SendBody {
  readonly text?: string
  readonly status?: 'open' | 'closed'
  readonly policy?: Policy
}

interface Policy {
  readonly sendAt?: string
  readonly expiresAt?: string
  readonly supersedeKey?: string
  readonly unless?: readonly string[]
  readonly whenClosed?: string
}

interface Request {
  readonly body: SendBody
  readonly keyed: { readonly key?: string }
}

/** What a request of the API means: the first row that fits. */
const rows: readonly (readonly [method: string, path: RegExp, call: (id: string, request: Request) => Call])[] = [
  ['POST', /^\/api\/v2\/conversations\/messaging\/contacts\/([^/]+)\/messages$/, (contactId, { body: { text = '', policy }, keyed }) => ({ name: 'send', ...keyed, contactId, text, ...termsOf(policy) })],
  ['DELETE', /^\/api\/v2\/conversations\/messaging\/proactive\/([^/]+)$/, (proactiveId) => ({ name: 'cancel', proactiveId })],
  ['PATCH', /^\/api\/v2\/conversations\/messaging\/([^/]+)$/, (conversationId, { body, keyed }) => ({ name: body.status === 'closed' ? 'close' : 'reopen', ...keyed, conversationId })],
]

export function callOf(path: string, { method = 'GET', headers, body }: RequestInit): Call {
  const key = new Headers(headers).get('idempotency-key')
  for (const [rowMethod, rowPath, call] of rows) {
    const id = rowMethod === method ? rowPath.exec(path)?.[1] : undefined
    if (id !== undefined) return call(id, { body: typeof body === 'string' ? parseJson<SendBody>(body) : {}, keyed: key === null ? {} : { key } })
  }
  return { name: 'other', what: `${method} ${path}` }
}

function termsOf(policy: Policy = {}): Terms {
  const { sendAt, expiresAt, ...rest } = policy
  return {
    ...rest,
    ...(sendAt === undefined ? {} : { sendAt: Date.parse(sendAt) }),
    ...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
  }
}
