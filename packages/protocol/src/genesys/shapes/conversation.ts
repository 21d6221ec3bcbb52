import { Type } from 'typebox'
import { Instant } from '../../scalars/instant.ts'
import type { Wire } from '../../wire.ts'
import { GenesysMessageDetails } from './message.ts'

const Purpose = Type.Enum(['customer', 'agent', 'bot', 'api'])
const State = Type.Enum(['connected', 'disconnected'])
const Direction = Type.Enum(['inbound', 'outbound'])
const DisconnectType = Type.Enum(['client', 'peer', 'system', 'inactivity'], {
  description: 'client: this side ended it; peer: the other side; system: a program; inactivity: nobody wrote.',
})
const Attributes = Type.Record(Type.String(), Type.String(), {
  description: 'The contact’s attributes; what the page says about the visit stands under context.…',
})
const Address = Type.Object({ name: Type.Optional(Type.String()), addressNormalized: Type.String(), addressRaw: Type.String() })

/** A participant's leg. Its id is the participant's own: a participant of web messaging has exactly one. */
export const GenesysCommunication = Type.Object(
  {
    id: Type.String(),
    state: State,
    initialState: Type.Literal('connected'),
    direction: Direction,
    held: Type.Literal(false),
    provider: Type.Literal('Beckon'),
    type: Type.Literal('webmessaging'),
    connectedTime: Instant,
    disconnectedTime: Type.Optional(Instant),
    disconnectType: Type.Optional(DisconnectType),
    toAddress: Type.Optional(Address),
    fromAddress: Type.Optional(Address),
    messages: Type.Array(GenesysMessageDetails),
  },
  { title: 'GenesysCommunication' },
)
export type GenesysCommunication = Wire<typeof GenesysCommunication>

const known = {
  id: Type.String(),
  name: Type.Optional(Type.String()),
  purpose: Purpose,
  startTime: Instant,
  connectedTime: Instant,
  endTime: Type.Optional(Instant),
  attributes: Attributes,
}

export const GenesysParticipant = Type.Object(
  {
    ...known,
    participantType: Type.Enum(['External', 'Internal']),
    externalContactId: Type.Optional(Type.String()),
    userId: Type.Optional(Type.String()),
    messages: Type.Array(GenesysCommunication),
  },
  { title: 'GenesysParticipant' },
)
export type GenesysParticipant = Wire<typeof GenesysParticipant>

/** The conversation of `GET /api/v2/conversations/{id}`: closed is what has an `endTime`. */
export const GenesysConversation = Type.Object(
  {
    id: Type.String(),
    startTime: Instant,
    endTime: Type.Optional(Instant),
    address: Type.String(),
    participants: Type.Array(GenesysParticipant),
    recordingState: Type.Literal('NONE'),
    selfUri: Type.String(),
  },
  { title: 'GenesysConversation' },
)
export type GenesysConversation = Wire<typeof GenesysConversation>

export const GenesysMessageParticipant = Type.Object(
  {
    ...known,
    state: State,
    direction: Direction,
    disconnectType: Type.Optional(DisconnectType),
    held: Type.Literal(false),
    wrapupRequired: Type.Literal(false),
    provider: Type.Literal('Beckon'),
    type: Type.Literal('webmessaging'),
    user: Type.Optional(Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) })),
    externalContact: Type.Optional(Type.Object({ id: Type.String(), selfUri: Type.String() })),
    toAddress: Type.Optional(Address),
    fromAddress: Type.Optional(Address),
    messages: Type.Array(GenesysMessageDetails),
  },
  { title: 'GenesysMessageParticipant' },
)
export type GenesysMessageParticipant = Wire<typeof GenesysMessageParticipant>

/** The message view: participants without legs. */
export const GenesysMessageConversation = Type.Object(
  { id: Type.String(), participants: Type.Array(GenesysMessageParticipant), selfUri: Type.String() },
  { title: 'GenesysMessageConversation' },
)
export type GenesysMessageConversation = Wire<typeof GenesysMessageConversation>
