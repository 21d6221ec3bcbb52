import type { Contact, Conversation, Entry, Proactive, SignedInAgent } from '@beckon/protocol'
import type { DeliveryReport } from '@beckon/client'
import type { Filter } from './filter.ts'

/** A message on its way to the server. */
export interface Outgoing {
  readonly key: string
  readonly text: string
  /** Absent while it is under way. */
  readonly failure?: string
}

/** Everything the desk shows. Replaced as a whole at each change, never altered. */
export interface DeskState {
  readonly phase: 'starting' | 'signedOut' | 'ready'
  readonly signedIn?: SignedInAgent
  readonly signInFailure?: string
  readonly isLive: boolean
  readonly filter: Filter
  readonly listing: Listing
  readonly conversations: Readonly<Record<string, Conversation>>
  /** The unbroken tail of each log that was read, oldest first. */
  readonly logs: Readonly<Record<string, readonly Entry[]>>
  readonly contacts: Readonly<Record<string, Contact>>
  readonly earlier: Readonly<Record<string, readonly Conversation[]>>
  readonly scheduled: Readonly<Record<string, readonly Proactive[]>>
  readonly reports: Readonly<Record<string, DeliveryReport>>
  readonly outgoing: Readonly<Record<string, readonly Outgoing[]>>
  readonly drafts: Readonly<Record<string, string>>
  /** Until when somebody counts as typing, in milliseconds since 1970. */
  readonly typing: Readonly<Record<string, number>>
  readonly notice?: string
  /** Milliseconds since 1970; moves on every few seconds, so that clocks on the page do. */
  readonly now: number
}

export interface Listing {
  readonly ids: readonly string[]
  readonly nextUri?: string
  /** A search has not looked at what was last active before this moment. */
  readonly searchedBackTo?: string
  readonly state: 'loading' | 'ready' | 'failed'
}

export function initialState(filter: Filter, drafts: Readonly<Record<string, string>>, now: number): DeskState {
  return {
    phase: 'starting',
    isLive: true,
    filter,
    listing: { ids: [], state: 'loading' },
    conversations: {},
    logs: {},
    contacts: {},
    earlier: {},
    scheduled: {},
    reports: {},
    outgoing: {},
    drafts,
    typing: {},
    now,
  }
}
