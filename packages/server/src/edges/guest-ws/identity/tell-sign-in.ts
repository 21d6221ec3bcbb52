import type { Clock, SignIn } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { send, type Connection } from '../connection.ts'

/** Tells the guest's client who signed in (guest-protocol 4.9). */
export function tellSignIn({ clock }: { readonly clock: Clock }, connection: Connection, { id, claims }: SignIn): void {
  const { givenName, familyName, name } = claims
  const from = {
    ...(givenName === undefined ? {} : { firstName: givenName }),
    ...(familyName === undefined ? {} : { lastName: familyName }),
    ...(name === undefined ? {} : { nickname: name }),
  }
  const body = {
    id: `sign-in-${id}`,
    type: 'Event' as const,
    direction: 'Inbound' as const,
    channel: { time: timeOf(clock.now()), type: 'Private' as const, from },
    events: [{ eventType: 'Presence' as const, presence: { type: 'SignIn' as const } }],
    metadata: { authenticated: 'true' },
    originatingEntity: 'Human' as const,
  }
  send(connection, JSON.stringify(pushFrame('StructuredMessage', body)))
}
