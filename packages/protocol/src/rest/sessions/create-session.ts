import { Type } from 'typebox'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { ContactDetails } from '../../shapes/contact.ts'
import { CreatedSession } from '../../shapes/session.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Nothing to wait for: the session can be addressed and used as soon as this is answered. */
export const createSession = defineOperation({
  operationId: 'create-session',
  method: 'POST',
  path: '/api/v2/conversations/messaging/sessions',
  summary: 'Create a guest session',
  description:
    'For a known contact (`contactId` or `externalId`) or a new one (`contact`). The answer is the only place where the secret `token` is shown. `deploymentId` may be left out while there is only one. An answer with a secret is not remembered, so there is no `Idempotency-Key`: a repeated call makes another session, which does no harm.',
  tags: ['Sessions'],
  auth: 'bearer',
  scopes: ['webchat:session:write', 'admin:conversation:write'],
  body: Type.Object(
    {
      deploymentId: Type.Optional(Id),
      contactId: Type.Optional(Id),
      externalId: Type.Optional(ExternalId),
      contact: Type.Optional(ContactDetails),
    },
    { additionalProperties: false },
  ),
  responses: { 201: CreatedSession },
  idempotent: false,
  refusals: ['not_found', 'already_exists', 'erased'],
  examples: [
    {
      summary: 'A session for a known contact',
      body: { deploymentId: id.deployment, externalId: 'crm-4711' },
      status: 201,
      answer: { ...sample.session, token: '5b1c2f0e-9d42-4a51-8f3a-0c6b1f7d2a11', conversationId: id.conversation },
    },
  ],
})
