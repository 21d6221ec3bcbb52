import { ok, refuse, toId, type AddParticipant, type Fault, type Result } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { actorOf } from '../../../shared/principal.ts'
import { renderParticipant } from '../../render/participant.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function addParticipant({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'add-participant'> {
  return async ({ params, body, principal, idempotency }) => {
    const who = readWho(body)
    if (!who.ok) return who
    const added = await useCases.addParticipant({
      conversationId: toId(params.conversationId),
      who: who.value,
      by: actorOf(principal),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    return added.ok ? { status: 200, body: renderParticipant(added.value.participant), replayed: added.replayed } : added
  }
}

type Body = Call<'add-participant'>['body']

/** One way of saying who: by id, by person, or as somebody new. */
function readWho(body: Body): Result<AddParticipant['who']> {
  const { participantId, contactId, purpose, externalId, name } = body
  const faults = contradictions(body)
  if (faults.length > 0) return refuse({ code: 'invalid_request', faults })
  if (participantId !== undefined) return ok({ participantId: toId(participantId) })
  if (contactId !== undefined) return ok({ contactId: toId(contactId) })
  if ((externalId ?? name) === undefined) return ok({})
  return ok({ actor: { kind: purpose ?? 'agent', ...(externalId === undefined ? {} : { id: externalId }), ...(name === undefined ? {} : { name }) } })
}

function contradictions(body: Body): readonly Fault[] {
  const ways = waysToSayWho(body)
  if (ways.length > 1) return ways.map((way) => ({ pointer: `#/${way}`, detail: `says who in another way than ${ways.filter((other) => other !== way).join(' and ')}` }))
  const { purpose, externalId, name } = body
  const isNamed = (externalId ?? name) !== undefined
  if (purpose === 'customer') return isNamed ? [secondCustomer] : []
  return purpose !== undefined && !isNamed ? [{ pointer: '#', detail: 'needs externalId or name beside purpose' }] : []
}

const secondCustomer: Fault = {
  pointer: '#/purpose',
  detail: 'cannot be customer for somebody new: a conversation has one customer, added back by an empty body',
}

function waysToSayWho({ participantId, contactId, purpose, externalId, name }: Body): readonly string[] {
  const isNew = (purpose ?? externalId ?? name) !== undefined
  return [...(participantId === undefined ? [] : ['participantId']), ...(contactId === undefined ? [] : ['contactId']), ...(isNew ? ['purpose'] : [])]
}
