import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { Proactive } from '../../shapes/proactive.ts'
import { SendStatus } from '../../shapes/send.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Newest first. */
export const listProactive = defineOperation({
  operationId: 'list-proactive',
  method: 'GET',
  path: '/api/v2/conversations/messaging/proactive',
  summary: 'List proactive messages',
  tags: ['Proactive messages'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  query: Type.Object(
    { status: Type.Optional(SendStatus), contactId: Type.Optional(Id), conversationId: Type.Optional(Id), ...pageQuery },
    { additionalProperties: false },
  ),
  responses: { 200: pageOf(Proactive) },
  idempotent: false,
  examples: [
    { summary: 'Those under way', query: { status: 'sent' }, status: 200, answer: { entities: [sample.proactive], pageSize: 25 } },
  ],
})
