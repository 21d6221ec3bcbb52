import { Type } from 'typebox'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { Name } from '../../scalars/text.ts'
import { Participant, ParticipantPurpose } from '../../shapes/participant.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Adding who takes part already changes nothing and answers the same. */
export const addParticipant = defineOperation({
  operationId: 'add-participant',
  method: 'POST',
  path: '/api/v2/conversations/messaging/{conversationId}/participants',
  summary: 'Add somebody to a conversation',
  description:
    "By `participantId`, by `contactId`, or as a new participant by `purpose` and `externalId` or `name`; an empty body means the conversation's own customer. Adding the customer back to a closed conversation reopens it.",
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object(
    {
      participantId: Type.Optional(Id),
      contactId: Type.Optional(Id),
      purpose: Type.Optional(ParticipantPurpose),
      externalId: Type.Optional(ExternalId),
      name: Type.Optional(Name),
    },
    { additionalProperties: false },
  ),
  responses: { 200: Participant },
  idempotent: true,
  refusals: ['erased'],
  examples: [
    { summary: 'Bring the guest back', params: { conversationId: id.conversation }, body: {}, status: 200, answer: sample.customer },
    {
      summary: 'Add an agent',
      params: { conversationId: id.conversation },
      body: { purpose: 'agent', externalId: 'desk-12', name: 'Mira' },
      status: 200,
      answer: { ...sample.customer, purpose: 'agent', externalId: 'desk-12', name: 'Mira' },
    },
  ],
})
