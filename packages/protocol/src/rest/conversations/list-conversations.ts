import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Conversation } from '../../shapes/conversation.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Newest activity first. */
export const listConversations = defineOperation({
  operationId: 'list-conversations',
  method: 'GET',
  path: '/api/v2/conversations/messaging',
  summary: 'List conversations',
  description:
    'Newest activity first. All filters must match. With `q` or `deploymentId` a page looks at some thousand conversations at most: it may hold few, or none, and still have a `nextUri`. Follow it until it is absent.',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  query: Type.Object(
    {
      status: Type.Optional(Type.Enum(['open', 'closed'])),
      quiet: Type.Optional(Type.Boolean()),
      contactId: Type.Optional(Id),
      deploymentId: Type.Optional(Id),
      q: Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: "Searches the contact's name, external id and e-mail, and the last message." }),
      ),
      ...pageQuery,
    },
    { additionalProperties: false },
  ),
  responses: {
    200: Type.Object({
      ...pageOf(Conversation).properties,
      searchedBackTo: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Only where a search ended this page before it was full: conversations last active before this moment were not looked at yet.' })),
    }),
  },
  idempotent: false,
  examples: [
    {
      summary: 'Closed conversations about a parcel',
      query: { status: 'closed', q: 'parcel', pageSize: 25 },
      status: 200,
      answer: { entities: [sample.conversation], pageSize: 25 },
    },
  ],
})
