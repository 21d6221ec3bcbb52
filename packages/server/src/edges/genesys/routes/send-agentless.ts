import { notFound, toId, type Contact, type Reader, type Sent } from '@beckon/core'
import type { GenesysAgentlessAnswer } from '@beckon/protocol'
import type { RefusedHere } from '../../shared/operation/operation-call.ts'
import { actorOf } from '../../shared/principal.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysCall, GenesysHandler } from '../genesys-handler.ts'
import { invalidValue, missing, refused } from '../refusing/refused.ts'
import { renderSent } from '../render/message.ts'

type Call = GenesysCall<'genesys-post-conversations-messages-agentless'>
type Body = Call['body']

const channel = 'webmessaging'

/** The one send, to a person: `useExistingActiveConversation: false`, said in so many words, is the policy `whenOpen: reject`. */
export function sendAgentless({ useCases, reader }: Pick<GenesysDeps, 'useCases' | 'reader'>): GenesysHandler<'genesys-post-conversations-messages-agentless'> {
  return async (call) => {
    const { body, principal, idempotency } = call
    const wish = readWish(call)
    if (!wish.ok) return wish
    const contact = await addressee(reader, body.fromAddress, wish.externalContactId)
    if (!contact.ok) return contact
    const sent = await useCases.sendMessage({
      address: { contactId: contact.value.id },
      saying: { text: wish.text },
      from: actorOf(principal),
      proactive: true,
      policy: body.useExistingActiveConversation === false ? { whenOpen: 'reject' } : {},
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (sent.ok) return { status: 200, body: render(sent.value, body.fromAddress, wish), replayed: sent.replayed }
    return sent.refusal.code === 'conversation_open' ? withBargeIn(refused(sent), call) : refused(sent)
  }
}

interface Wish {
  readonly externalContactId: string
  readonly text: string
}

function readWish({ body, request }: Call): ({ readonly ok: true } & Wish) | RefusedHere {
  const { toAddressMessengerType, toAddress, externalContactId, textBody: text } = body
  if (toAddressMessengerType !== channel) {
    return invalidValue('toAddressMessengerType', `cannot be "${toAddressMessengerType.slice(0, 80)}": people are reached by ${channel} here, with the deployment in fromAddress and the contact in externalContactId`, [channel])
  }
  if (toAddress !== undefined) return invalidValue('toAddress', 'is of other channels: name the contact in externalContactId')
  if (externalContactId === undefined) return missing('externalContactId', { body: request.body, example: '{"externalContactId":"crm-4711"}' })
  if (text === undefined) return missing('textBody', { body: request.body, example: '{"textBody":"…"}' })
  return { ok: true, externalContactId, text }
}

/** A contact of that deployment: by its id here, or by the business's own id of it. */
async function addressee(reader: Reader, deploymentId: string, id: string): Promise<{ readonly ok: true; readonly value: Contact } | RefusedHere> {
  const deployment = await reader.deployment(toId(deploymentId))
  if (!deployment) return refused(notFound('deployment', deploymentId))
  const contact = (await reader.contact(toId(id))) ?? (await reader.contactByExternalId(id))
  if (!contact) return refused(notFound('contact', id))
  if (contact.deploymentId === deployment.id) return { ok: true, value: contact }
  return invalidValue('fromAddress', `is not the deployment of this contact, which is ${contact.deploymentId}`)
}

function withBargeIn(no: RefusedHere, { body, path, principal }: Call): RefusedHere {
  const scope = principal.scopes.find((one) => one === 'messaging:contact:write')
  const again = { method: 'POST', href: path, body: { ...body, useExistingActiveConversation: true }, ...(scope === undefined ? {} : { scope }) }
  return { ok: false, draft: { ...no.draft, actions: [again] } }
}

function render(sent: Sent, fromAddress: Body['fromAddress'], { externalContactId, text }: Wish): GenesysAgentlessAnswer {
  const message = renderSent(sent, fromAddress)
  return {
    id: message.id,
    ...(message.conversationId === undefined ? {} : { conversationId: message.conversationId }),
    fromAddress, externalContactId, message,
    messengerType: channel,
    textBody: text,
    useExistingActiveConversation: sent.message.found?.conversation === 'open',
    timestamp: message.timestamp,
    selfUri: message.selfUri,
  }
}
