import { Type } from 'typebox'
import { addParticipant } from '../../rest/conversations/add-participant.ts'
import { id, sample } from '../../rest/sample.ts'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { Name } from '../../scalars/text.ts'
import { ParticipantPurpose } from '../../shapes/participant.ts'
import type { BodyReader } from '../keys/body-reader.ts'
import { inBothCasings } from '../keys/both-casings.ts'
import { param, translated } from '../keys/translated.ts'
import { defineSpelling, type SpelledCall } from '../spelling.ts'

const who = { participantId: Id, contactId: Id, purpose: ParticipantPurpose, externalId: ExternalId, name: Name }

const shared = {
  canonical: 'add-participant',
  story: 'S1',
  method: 'POST',
  description: "An empty body means the conversation's own customer.",
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: inBothCasings(who),
  responses: addParticipant.responses,
  idempotent: true,
  refusals: addParticipant.refusals,
  translate: (call: SpelledCall) => translated(call, { conversationId: param(call, 'conversationId') }, readWho),
} as const

/** Adding the guest back reopens the conversation. */
export const addConversationParticipant = defineSpelling({
  ...shared,
  operationId: 'add-conversation-participant',
  path: '/api/v2/conversations/{conversationId}/participants',
  summary: 'Add the guest back to their conversation',
  examples: [
    { summary: 'By nothing at all', params: { conversationId: id.conversation }, body: {}, status: 200, answer: sample.customer },
    { summary: 'By participant id', params: { conversationId: id.conversation }, body: { participantId: id.customer }, status: 200, answer: sample.customer },
  ],
})

/** The same under another path. */
export const addWebParticipant = defineSpelling({
  ...shared,
  operationId: 'add-web-participant',
  path: '/api/v2/conversations/web/{conversationId}/participants',
  summary: 'Add the guest back to their web conversation',
  examples: [{ summary: 'By contact id', params: { conversationId: id.conversation }, body: { contactId: id.contact }, status: 200, answer: sample.customer }],
})

function readWho(body: BodyReader): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(who).map((name) => [name, body.read(name)]))
}
