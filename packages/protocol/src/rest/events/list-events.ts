import { Type } from 'typebox'
import { Event } from '../../events.ts'
import { Cursor, pageOf } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { id, sample, time } from '../sample.ts'
import { eventFilters } from './event-filters.ts'

/** The durable feed. A long poll when `wait` is given: answers as soon as there is something, or with an empty page. */
export const listEvents = defineOperation({
  operationId: 'list-events',
  method: 'GET',
  path: '/api/v2/events',
  summary: 'Read the event feed',
  description:
    'In order, without gaps. Ask next for what is `after` the `cursor` of the answer. Without `after` the feed starts at its beginning; `after=latest` starts now.',
  tags: ['Events'],
  auth: 'bearer',
  scopes: ['events:read'],
  query: Type.Object(
    {
      ...eventFilters,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
      wait: Type.Optional(Type.Number({ minimum: 0, maximum: 30, default: 0, description: 'Seconds to wait for an event when there is none.' })),
    },
    { additionalProperties: false },
  ),
  responses: { 200: Type.Object({ ...pageOf(Event).properties, cursor: Cursor }) },
  idempotent: false,
  examples: [
    {
      summary: 'Wait for the next message',
      query: { after: 'e41', types: 'message.created', wait: 20 },
      status: 200,
      answer: {
        entities: [
          { id: 'e42', type: 'message.created', time: time.sent, contactId: id.contact, conversationId: id.conversation, data: { message: sample.entry } },
        ],
        cursor: 'e42',
        pageSize: 100,
        nextUri: '/api/v2/events?after=e42&types=message.created&wait=20',
      },
    },
  ],
})
