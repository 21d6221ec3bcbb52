import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'
import { id, time } from '../sample.ts'
import { eventFilters } from './event-filters.ts'

/**
 * Server-sent events: `id` is the cursor, `event` the type, `data` an `Event` as JSON. `Last-Event-ID` resumes.
 * A comment every 15 seconds keeps the connection. `event: typing` (`TypingEvent`) has no id and is never replayed.
 */
export const streamEvents = defineOperation({
  operationId: 'stream-events',
  method: 'GET',
  path: '/api/v2/events/stream',
  summary: 'Follow the event feed',
  description:
    'Server-sent events. Starts at the latest event, at `after`, or where the `Last-Event-ID` header says. Also carries `event: typing`, which has no id and is never replayed.',
  tags: ['Events'],
  auth: 'bearer',
  scopes: ['events:read'],
  query: Type.Object(eventFilters, { additionalProperties: false }),
  produces: 'text/event-stream',
  responses: { 200: Type.String() },
  idempotent: false,
  examples: [
    {
      summary: 'A conversation closes',
      query: { conversationId: id.conversation },
      status: 200,
      answer: `id: e43\nevent: conversation.closed\ndata: {"id":"e43","type":"conversation.closed","time":"${time.closed}","conversationId":"${id.conversation}","data":{}}\n\n`,
    },
  ],
})
