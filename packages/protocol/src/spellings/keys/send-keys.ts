import { Type, type TProperties } from 'typebox'
import { SendPolicy } from '../../shapes/policy.ts'
import { sendFields } from '../../shapes/send.ts'
import { Sender } from '../../shapes/sender.ts'
import { ExternalId } from '../../scalars/identifier.ts'
import { addressFields, isFromContact } from './addresses.ts'
import type { BodyReader } from './body-reader.ts'
import { inBothCasings } from './both-casings.ts'
import { anySaid, onlySaid } from './only-said.ts'

const Kind = Type.Enum(['proactive', 'message', 'text', 'standard', 'Proactive', 'Message', 'Text', 'Standard'], {
  description: '`proactive`: nobody asked for it (the canonical `proactive: true`). The others say that it is a message, which every send is.',
})

/** The `from` of a send whose address is in the path. */
const fromSender = inBothCasings({ ...Sender.properties, type: Type.Enum(['agent', 'bot', 'api'], { description: 'The canonical `kind`.' }) })

const fromSenderOrContact = inBothCasings({
  ...Sender.properties,
  type: Type.Enum(['agent', 'bot', 'api', 'contact'], {
    description: 'The canonical `kind`. `contact`: `id` is whom the message is for, since nobody writes in a guest’s name.',
  }),
})

/** What is met in no other spelling than its casing. */
const { text: _text, content: _content, from: _from, proactive: _proactive, policy: _policy, ...plain } = sendFields

const keys = {
  text: sendFields.text,
  content: Type.Unsafe<unknown>({
    if: { type: 'array' },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, in an object that nobody awaits
    then: sendFields.content,
    else: inBothCasings({ text: sendFields.text }),
    description: '`{"text": …}` is the text; a list is the canonical structured content.',
  }),
  senderId: ExternalId,
  messageType: Kind,
  type: Kind,
  forceOpen: Type.Boolean({ description: '`true` is the policy `whenClosed: reopen`. `false` is `reject`, unless the policy says another way of not opening it.' }),
  proactive: sendFields.proactive,
  policy: inBothCasings(SendPolicy.properties),
  ...plain,
}

/** The body of a spelled send whose address is in the path. */
export const spelledSend = inBothCasings({ ...keys, from: fromSender })

/** What one may hold whose address is in the body, so that `from` may be one. */
export const addressedSendKeys: TProperties = { ...addressFields, ...keys, from: fromSenderOrContact }

export const spelledSendToAddress = inBothCasings(addressedSendKeys)

/** The body of the canonical send, its address apart. */
export function readSendBody(body: BodyReader): Readonly<Record<string, unknown>> {
  const text = body.read('text', ['content/text'])
  const content = body.read('content', [], (value) => (Array.isArray(value) ? value : undefined))
  if (text === undefined && content === undefined) body.refuse('text', 'is missing')
  return onlySaid({
    text,
    content,
    from: readSender(body),
    proactive: body.read('proactive', ['messageType', 'type'], proactiveOf),
    policy: readPolicy(body),
    ...Object.fromEntries(Object.keys(plain).map((name) => [name, body.read(name)])),
  })
}

/** A kind that every message is says nothing about who asked for it. */
function proactiveOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return /^proactive$/i.test(value) ? true : undefined
}

function readSender(body: BodyReader): unknown {
  if (isFromContact(body)) return anySaid({ id: body.read('senderId') })
  return anySaid({ id: body.read('from/id', ['senderId']), name: body.read('from/name'), kind: body.read('from/kind', ['from/type']) })
}

function readPolicy(body: BodyReader): unknown {
  const wishes = Object.keys(SendPolicy.properties).map((name): readonly [string, unknown] => [name, body.read(`policy/${name}`)])
  const { whenClosed, ...others } = Object.fromEntries(wishes)
  return anySaid({ whenClosed: readWhenClosed(body, whenClosed), ...others })
}

/** Who writes `forceOpen: false` wants to hear that it is closed, rather than have it opened. */
function readWhenClosed(body: BodyReader, whenClosed: unknown): unknown {
  const isForced = body.read('forceOpen')
  if (isForced === undefined) return whenClosed
  if (whenClosed === undefined) return isForced === true ? 'reopen' : 'reject'
  if ((whenClosed === 'reopen') !== isForced) {
    body.refuse('forceOpen', 'contradicts policy.whenClosed')
    body.refuse('policy/whenClosed', 'contradicts forceOpen')
  }
  return whenClosed
}
