import { Type } from 'typebox'
import { MessageBody } from '../../guest-ws/message-body.ts'
import { defineOperation } from '../operation.ts'
import { id, time } from '../sample.ts'

/** Guest protocol 4.10: newest first; a page past the end is empty, not missing. */
export const listGuestMessages = defineOperation({
  operationId: 'list-guest-messages',
  method: 'GET',
  path: '/api/v2/webmessaging/messages',
  summary: "Read the guest's own history",
  description: 'With the short-lived token that the guest socket gives out (`getJwt`). Newest first; a page past the end is empty.',
  tags: ['Guest'],
  auth: 'guest-jwt',
  scopes: [],
  query: Type.Object(
    {
      pageNumber: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
      pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
    },
    { additionalProperties: true },
  ),
  responses: {
    200: Type.Object({
      entities: Type.Array(MessageBody),
      pageSize: Type.Integer(),
      pageNumber: Type.Integer(),
      total: Type.Integer(),
      pageCount: Type.Integer(),
    }),
  },
  idempotent: false,
  examples: [
    {
      summary: 'The first page',
      query: { pageNumber: 1, pageSize: 25 },
      status: 200,
      answer: {
        entities: [
          {
            id: id.message, type: 'Text', text: 'Your parcel has arrived.', direction: 'Outbound',
            channel: { time: time.sent, type: 'Private', from: { nickname: 'Parcel desk' } }, originatingEntity: 'Human',
          },
        ],
        pageSize: 25, pageNumber: 1, total: 1, pageCount: 1,
      },
    },
  ],
})
