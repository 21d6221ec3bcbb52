import { ok, type Actor, type Address, type Result, type SendMessage, type SendPolicy as CorePolicy } from '@beckon/core'
import type { Send, Sender, SendPolicy } from '@beckon/protocol'
import type { Call } from '../../shared/operation/operation-call.ts'
import { actorOf, type Principal } from '../../shared/principal.ts'
import { readMoment } from './moment.ts'

type SendCall = Pick<Call<'send-to-contact'>, 'principal' | 'idempotency'> & { readonly body: Send }

/** The one command of every send. A dry run stores nothing, so it has no answer to remember either. */
export function readSend({ principal, idempotency, body }: SendCall, address: Address): Result<SendMessage> {
  const policy = readPolicy(body.policy)
  if (!policy.ok) return policy
  const { text = '', content, metadata } = body
  return ok({
    address,
    saying: { text, ...(content === undefined ? {} : { content }), ...(metadata === undefined ? {} : { metadata }) },
    from: readSender(body.from, principal),
    // A send to a person comes out of the blue; one to a conversation goes on with it.
    proactive: body.proactive ?? !('conversationId' in address),
    policy: policy.value,
    ...(body.dryRun === true ? { dryRun: true } : idempotency === undefined ? {} : { idempotency }),
  })
}

function readSender(from: Sender | undefined, principal: Principal): Actor {
  const self = actorOf(principal)
  if (from === undefined || (from.id === undefined && from.name === undefined)) return { ...self, kind: from?.kind ?? self.kind }
  const { id, name, kind = self.kind } = from
  return { kind, ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) }
}

function readPolicy(policy: SendPolicy | undefined): Result<CorePolicy> {
  const { sendAt: sendText, expiresAt: expiryText, ...rest } = policy ?? {}
  const sendAt = readMoment(sendText, '#/policy/sendAt')
  if (!sendAt.ok) return sendAt
  const expiresAt = readMoment(expiryText, '#/policy/expiresAt')
  if (!expiresAt.ok) return expiresAt
  return ok({
    ...rest,
    ...(sendAt.value === undefined ? {} : { sendAt: sendAt.value }),
    ...(expiresAt.value === undefined ? {} : { expiresAt: expiresAt.value }),
  })
}
