import { Type } from 'typebox'
import { Instant } from '../../scalars/instant.ts'
import type { Wire } from '../../wire.ts'

/** A channel of notifications. Whoever knows `connectUri` may listen. */
export const GenesysChannel = Type.Object(
  { id: Type.String(), connectUri: Type.String(), expires: Instant },
  { title: 'GenesysChannel' },
)
export type GenesysChannel = Wire<typeof GenesysChannel>

export const GenesysChannels = Type.Object({ entities: Type.Array(GenesysChannel) }, { title: 'GenesysChannels' })

export const GenesysTopicState = Type.Object(
  {
    id: Type.String({ description: 'The topic.' }),
    state: Type.Enum(['Permitted', 'Rejected']),
    rejectionReason: Type.Optional(Type.String()),
    missingPermissions: Type.Optional(Type.Array(Type.String(), { description: 'Scopes of which one is needed.' })),
    selfUri: Type.String(),
  },
  { title: 'GenesysTopicState' },
)
export type GenesysTopicState = Wire<typeof GenesysTopicState>

export const GenesysTopicStates = Type.Object({ entities: Type.Array(GenesysTopicState) }, { title: 'GenesysTopicStates' })
export type GenesysTopicStates = Wire<typeof GenesysTopicStates>

/** Topics to follow, at most a thousand a channel. */
export const GenesysTopicList = Type.Array(Type.Object({ id: Type.String({ minLength: 1, maxLength: 300 }) }), { title: 'GenesysTopicList' })
export type GenesysTopicList = Wire<typeof GenesysTopicList>

export const GenesysAvailableTopics = Type.Object(
  {
    entities: Type.Array(
      Type.Object({
        id: Type.String(),
        description: Type.String(),
        visibility: Type.Literal('Public'),
        transports: Type.Array(Type.Literal('Websocket')),
        enforced: Type.Literal(true),
        requiresPermissions: Type.Array(Type.String()),
        topicParameters: Type.Array(Type.String()),
      }),
    ),
  },
  { title: 'GenesysAvailableTopics' },
)
export type GenesysAvailableTopics = Wire<typeof GenesysAvailableTopics>
