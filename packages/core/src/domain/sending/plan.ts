import type { Contact } from '../contact/contact.ts'
import { conversationState, reopenableUntil, type Conversation } from '../conversation/conversation.ts'
import { conversationTransition, type ConversationState } from '../conversation/transitions.ts'
import type { Delivery } from '../delivery/delivery.ts'
import type { Deployment, WhenClosed } from '../deployment/deployment.ts'
import type { Instant } from '../instant.ts'
import { must } from '../invariant.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { sessionState, type Session, type SessionState } from '../session/session.ts'
import { climb, isReachableNow, type Reach } from './ladder.ts'
import type { ResolvedPolicy } from './policy.ts'

/** What a send does to the thread. */
export type SendAct = 'append' | 'reopen' | 'start' | 'startLinked'

/** The state that a send found, for the answer. */
export interface Found {
  readonly contact: 'known'
  readonly conversation: 'none' | 'open' | 'closed'
  readonly session: SessionState | 'none'
  readonly connections: number
  readonly closedAt?: Instant
}

export interface Deferral {
  readonly until: Instant
  readonly reason: 'scheduled'
}

export interface Plan {
  readonly found: Found
  readonly does: SendAct
  readonly deliveries: readonly Delivery[]
  readonly defer?: Deferral
}

export interface PlanInput {
  readonly contact: Contact
  readonly deployment: Deployment
  /** The addressed conversation, or the contact's latest. */
  readonly conversation?: Conversation | undefined
  /** The contact's latest session. */
  readonly session?: Session | undefined
  readonly reach: Reach
  readonly policy: ResolvedPolicy
  readonly now: Instant
}

/**
 * What a send would do, and why not if not: pure and total, so that a dry run and the send itself cannot
 * disagree. Permission was settled before; nothing here looks at who is asking.
 */
export function plan(input: PlanInput): Result<Plan> {
  const { contact, conversation, deployment, policy, now } = input
  if (contact.erasedAt !== undefined) return refuse({ code: 'erased', noun: 'contact' })
  if (contact.optedOut.includes(policy.purpose)) return refuse({ code: 'opted_out', contactId: contact.id, purpose: policy.purpose })

  const state = conversationState(conversation, deployment.reopenWithin, now)
  const row = must(conversationTransition(state, 'businessSends', closedPolicy(input)), 'every state has a row for a send')
  if (typeof row.does === 'object') return refuse(closedRefusal(input))

  const deliveries = climb(input.reach, policy.routes, now)
  const defer = deferral(policy, now)
  if (policy.whenOpen === 'reject' && !defer && isUnderWay(conversation)) return refuse({ code: 'conversation_open', conversationId: conversation.id })
  if (policy.whenUnreachable === 'reject' && !defer && !isReachableNow(deliveries)) {
    return refuse({ code: 'unreachable', contactId: contact.id })
  }
  return ok({ found: found(input, state), does: sendAct(row.does), deliveries, ...(defer ? { defer } : {}) })
}

/** A message that nobody has answered yet is no conversation to break into. */
function isUnderWay(conversation: Conversation | undefined): conversation is Conversation {
  return conversation?.status === 'open' && !conversation.quiet
}

/** What is appended to a closed thread that the guest has left behind for a new one would never be shown to them. */
function closedPolicy({ conversation, session, policy }: PlanInput): WhenClosed {
  const hasLeft = conversation !== undefined && session?.leftConversationId === conversation.id
  return hasLeft && policy.whenClosed === 'append' ? 'startLinked' : policy.whenClosed
}

function deferral(policy: ResolvedPolicy, now: Instant): Deferral | undefined {
  return policy.sendAt !== undefined && policy.sendAt > now ? { until: policy.sendAt, reason: 'scheduled' } : undefined
}

function found({ conversation, session, reach, now }: PlanInput, state: ConversationState): Found {
  return {
    contact: 'known',
    conversation: state === 'none' || state === 'open' ? state : 'closed',
    session: session ? sessionState(session, now) : 'none',
    connections: reach.connections,
    ...(conversation?.status === 'closed' ? { closedAt: conversation.closed.at } : {}),
  }
}

function sendAct(does: string): SendAct {
  const acts: readonly SendAct[] = ['append', 'reopen', 'start', 'startLinked']
  return must(acts.find((act) => act === does), `a send never does "${does}"`)
}

function closedRefusal({ conversation, deployment }: PlanInput): Refusal {
  const closed = must(conversation?.status === 'closed' ? conversation : undefined, 'only a closed conversation is refused as closed')
  return {
    code: 'conversation_closed',
    conversationId: closed.id,
    closedAt: closed.closed.at,
    reopenableUntil: reopenableUntil(closed, deployment.reopenWithin),
  }
}
