import type { Conversation, Instant, Participant } from '@beckon/core'

/** Who ended a leg, as seen from it: `client` this side itself, `peer` the other one. */
export type DisconnectType = 'client' | 'peer' | 'system' | 'inactivity'

/** What a participant's part in a conversation is to the market leader: a leg that is connected, or is not any more. */
export type Leg = { readonly state: 'connected' } | { readonly state: 'disconnected'; readonly endedAt: Instant; readonly disconnectType: DisconnectType }

export function legOf(conversation: Conversation, { purpose, leftAt }: Participant): Leg {
  if (leftAt !== undefined) return { state: 'disconnected', endedAt: leftAt, disconnectType: 'client' }
  if (conversation.status === 'open') return { state: 'connected' }
  const { at, by } = conversation.closed
  return { state: 'disconnected', endedAt: at, disconnectType: endedBy(by.kind, purpose) }
}

function endedBy(kind: string, purpose: string): DisconnectType {
  if (kind === 'timer') return 'inactivity'
  if (kind === 'api' || kind === 'bot') return 'system'
  return kind === purpose ? 'client' : 'peer'
}

/** Nobody has answered what the business began with. */
export function directionOf({ quiet }: Conversation): 'inbound' | 'outbound' {
  return quiet ? 'outbound' : 'inbound'
}
