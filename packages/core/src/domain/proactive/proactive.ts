import type { Actor, Saying } from '../entry/entry.ts'
import type { Delivery } from '../delivery/delivery.ts'
import type { ContactId, ConversationId, EntryId, ProactiveId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import type { SendAct, Found } from '../sending/plan.ts'
import type { SendPolicy } from '../sending/policy.ts'
import type { ProactiveStatus } from './transitions.ts'

/**
 * A message that the business sends: the request, what was found and done, its schedule, its deliveries.
 * Every send of a backend or an agent has one, so that every message can be explained; `proactive` tells
 * the ones nobody asked for.
 */
export interface ProactiveMessage {
  readonly id: ProactiveId
  readonly contactId: ContactId
  /** Known from the start when the plan continues a thread; a scheduled one may find another when its time comes. */
  readonly conversationId?: ConversationId
  /** Decided on acceptance, so that a scheduled message has its address before it exists. */
  readonly messageId: EntryId
  readonly seq?: number
  readonly proactive: boolean
  readonly saying: Saying
  readonly from: Actor
  readonly policy: SendPolicy
  readonly status: ProactiveStatus
  readonly statusReason?: string
  readonly found?: Found
  readonly did?: SendAct
  readonly deliveries: readonly Delivery[]
  readonly timeline: readonly TimelineStep[]
  readonly createdAt: Instant
  readonly version: number
}

export interface TimelineStep {
  readonly at: Instant
  readonly what: string
  readonly detail?: string
}

export function addStep(message: ProactiveMessage, at: Instant, what: string, detail?: string): readonly TimelineStep[] {
  return [...message.timeline, { at, what, ...(detail === undefined ? {} : { detail }) }]
}
