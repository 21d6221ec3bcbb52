import type { Instant } from '../instant.ts'
import { stepDelivery, type DeliveryStep } from '../delivery/transitions.ts'
import { addStep, type ProactiveMessage } from './proactive.ts'

export type ProactiveStatus = 'scheduled' | 'sent' | 'delivered' | 'seen' | 'cancelled' | 'expired'
export type ProactiveStep = 'send' | 'reschedule' | 'deliver' | 'see' | 'cancel' | 'reply' | 'supersede' | 'expire' | 'refuse'

export interface ProactiveTransition {
  readonly from: ProactiveStatus
  readonly on: ProactiveStep
  readonly to: ProactiveStatus
  /** What happens to the deliveries that are still under way. */
  readonly deliveries?: DeliveryStep
}

/** The life of a message the business sends. `refuse`: when its time came, the plan said no. */
export const proactiveTransitions: readonly ProactiveTransition[] = [
  { from: 'scheduled', on: 'send', to: 'sent' },
  { from: 'scheduled', on: 'reschedule', to: 'scheduled' },
  { from: 'scheduled', on: 'cancel', to: 'cancelled', deliveries: 'cancel' },
  { from: 'scheduled', on: 'reply', to: 'cancelled', deliveries: 'cancel' },
  { from: 'scheduled', on: 'supersede', to: 'cancelled', deliveries: 'cancel' },
  { from: 'scheduled', on: 'expire', to: 'expired', deliveries: 'cancel' },
  { from: 'scheduled', on: 'refuse', to: 'cancelled', deliveries: 'cancel' },
  { from: 'sent', on: 'deliver', to: 'delivered', deliveries: 'deliver' },
  { from: 'sent', on: 'see', to: 'seen', deliveries: 'see' },
  { from: 'sent', on: 'cancel', to: 'cancelled', deliveries: 'cancel' },
  { from: 'sent', on: 'supersede', to: 'cancelled', deliveries: 'cancel' },
  { from: 'sent', on: 'expire', to: 'expired', deliveries: 'cancel' },
  { from: 'delivered', on: 'see', to: 'seen', deliveries: 'see' },
]

/** The message after this step, or undefined when its life cycle has no such step. */
export function stepProactive(message: ProactiveMessage, on: ProactiveStep, at: Instant, detail?: string): ProactiveMessage | undefined {
  const row = proactiveTransitions.find((candidate) => candidate.from === message.status && candidate.on === on)
  if (!row) return undefined
  const step = row.deliveries
  return {
    ...message,
    status: row.to,
    // The reason for a cancellation is the caller's words, if there are any, and otherwise what happened.
    ...(row.to === 'cancelled' ? { statusReason: detail ?? done[on] } : {}),
    deliveries: step ? message.deliveries.map((delivery) => stepDelivery(delivery, step, at)) : message.deliveries,
    timeline: addStep(message, at, done[on], detail),
    version: message.version + 1,
  }
}

/** Whether its life goes on: scheduled, sent or delivered. */
export function isUnderWay({ status }: Pick<ProactiveMessage, 'status'>): boolean {
  return proactiveTransitions.some(({ from }) => from === status)
}

/** Handed to nobody yet: it can still be taken back. What went to an open socket may have been read. */
export function isRecallable(message: ProactiveMessage): boolean {
  if (message.status === 'scheduled') return true
  return message.status === 'sent' && message.deliveries.every((delivery) => delivery.status === 'waiting')
}

/** Steps as the timeline tells them. */
const done: Readonly<Record<ProactiveStep, string>> = {
  send: 'sent', reschedule: 'rescheduled', deliver: 'delivered', see: 'seen', cancel: 'cancelled',
  reply: 'replied', supersede: 'superseded', expire: 'expired', refuse: 'refused',
}
