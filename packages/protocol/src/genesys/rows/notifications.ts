import { Type } from 'typebox'
import { defineOperation } from '../../rest/operation.ts'
import { id, time } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import {
  GenesysAvailableTopics, GenesysChannel, GenesysChannels, GenesysTopicList, GenesysTopicStates,
} from '../shapes/notification.ts'

const common = { tags: ['Genesys Cloud'], auth: 'bearer', scopes: ['conversations:read', 'events:read', 'admin:conversation:write'], idempotent: false } as const
const ofChannel = Type.Object({ channelId: Id })
const channel = { id: id.session, connectUri: 'wss://chat.example/notifications/v1/bkn_0123456789abcdef', expires: time.expiry }
const topic = `v2.detail.events.conversation.${id.conversation}.customer.end`
const path = '/api/v2/notifications/channels/{channelId}/subscriptions'
const states = { entities: [{ id: topic, state: 'Permitted', selfUri: `/api/v2/notifications/channels/${id.session}/subscriptions/${topic}` }] } as const

/** SDK: `postNotificationsChannels`. */
export const createGenesysChannel = defineOperation({
  ...common,
  operationId: 'genesys-post-notifications-channels',
  method: 'POST',
  path: '/api/v2/notifications/channels',
  summary: 'Open a channel of notifications',
  description:
    'A channel lives for a day after the last change of its topics, in the memory of this server. The 21st of a client takes the place of its least recently '
    + 'used one. What happens while nobody listens is not kept: for that there is GET /api/v2/events.',
  responses: { 200: GenesysChannel },
  examples: [{ summary: 'A new channel', status: 200, answer: channel }],
})

/** SDK: `getNotificationsChannels`. */
export const listGenesysChannels = defineOperation({
  ...common,
  operationId: 'genesys-get-notifications-channels',
  method: 'GET',
  path: '/api/v2/notifications/channels',
  summary: 'List the client’s channels',
  query: Type.Object({ includechannels: Type.Optional(Type.Enum(['token', 'oauthclient'], { description: 'Both mean the client’s.' })) }),
  responses: { 200: GenesysChannels },
  examples: [{ summary: 'One', status: 200, answer: { entities: [channel] } }],
})

/** SDK: `headNotificationsChannel`, which asks without wanting the answer. */
export const getGenesysChannel = defineOperation({
  ...common,
  operationId: 'genesys-get-notifications-channel',
  method: 'GET',
  path: '/api/v2/notifications/channels/{channelId}',
  summary: 'See whether a channel still lives',
  params: ofChannel,
  responses: { 200: GenesysChannel },
  examples: [{ summary: 'It does', params: { channelId: id.session }, status: 200, answer: channel }],
})

/** SDK: `getNotificationsChannelSubscriptions`. */
export const listGenesysSubscriptions = defineOperation({
  ...common,
  operationId: 'genesys-get-notifications-channel-subscriptions',
  method: 'GET',
  path,
  summary: 'List the topics of a channel',
  params: ofChannel,
  responses: { 200: GenesysTopicStates },
  examples: [{ summary: 'One', params: { channelId: id.session }, status: 200, answer: states }],
})

const change = {
  ...common,
  path,
  params: ofChannel,
  query: Type.Object({ ignoreErrors: Type.Optional(Type.Boolean({ description: 'Answer for each topic, rather than refuse all for one that exists nowhere.' })) }),
  body: GenesysTopicList,
  responses: { 200: GenesysTopicStates },
  examples: [{ summary: 'The end of a conversation', params: { channelId: id.session }, body: [{ id: topic }], status: 200, answer: states }],
} as const

/** SDK: `postNotificationsChannelSubscriptions`. */
export const addGenesysSubscriptions = defineOperation({
  ...change, operationId: 'genesys-post-notifications-channel-subscriptions', method: 'POST', summary: 'Follow topics beside those there are',
})

/** SDK: `putNotificationsChannelSubscriptions`. */
export const replaceGenesysSubscriptions = defineOperation({
  ...change, operationId: 'genesys-put-notifications-channel-subscriptions', method: 'PUT', summary: 'Follow these topics and no others',
})

/** SDK: `deleteNotificationsChannelSubscriptions`. */
export const deleteGenesysSubscriptions = defineOperation({
  ...common,
  operationId: 'genesys-delete-notifications-channel-subscriptions',
  method: 'DELETE',
  path,
  summary: 'Follow no topic any more',
  params: ofChannel,
  responses: { 200: null },
  examples: [{ summary: 'All of them', params: { channelId: id.session }, status: 200 }],
})

/** SDK: `getNotificationsAvailabletopics`. */
export const listGenesysTopics = defineOperation({
  ...common,
  operationId: 'genesys-get-notifications-availabletopics',
  method: 'GET',
  path: '/api/v2/notifications/availabletopics',
  summary: 'List the topics there are',
  query: Type.Object({ expand: Type.Optional(Type.String()), includePreview: Type.Optional(Type.Boolean()) }),
  responses: { 200: GenesysAvailableTopics },
  examples: [
    {
      summary: 'One of them',
      status: 200,
      answer: {
        entities: [{
          id: 'v2.detail.events.conversation.{id}.customer.end', description: 'The conversation was closed.', visibility: 'Public',
          transports: ['Websocket'], enforced: true, requiresPermissions: ['conversations:read'], topicParameters: ['id'],
        }],
      },
    },
  ],
})
