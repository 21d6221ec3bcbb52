import type { Instant } from '../instant.ts'
import type { Delivery, DeliveryStatus } from './delivery.ts'

export type DeliveryStep = 'send' | 'deliver' | 'see' | 'fail' | 'cancel'

export interface DeliveryTransition {
  readonly from: DeliveryStatus
  readonly on: DeliveryStep
  readonly to: DeliveryStatus
}

/** The life of a delivery. A message that was seen anywhere is settled everywhere. */
export const deliveryTransitions: readonly DeliveryTransition[] = [
  { from: 'waiting', on: 'send', to: 'sent' },
  { from: 'waiting', on: 'deliver', to: 'delivered' },
  { from: 'waiting', on: 'see', to: 'seen' },
  { from: 'waiting', on: 'fail', to: 'failed' },
  { from: 'waiting', on: 'cancel', to: 'cancelled' },
  { from: 'sent', on: 'deliver', to: 'delivered' },
  { from: 'sent', on: 'see', to: 'seen' },
  { from: 'sent', on: 'fail', to: 'failed' },
  { from: 'sent', on: 'cancel', to: 'cancelled' },
  { from: 'delivered', on: 'see', to: 'seen' },
]

/** The delivery after this step; unchanged when its life cycle has no such step. */
export function stepDelivery(delivery: Delivery, on: DeliveryStep, at: Instant, detail?: string): Delivery {
  const row = deliveryTransitions.find((candidate) => candidate.from === delivery.status && candidate.on === on)
  if (!row) return delivery
  return { ...delivery, status: row.to, at, ...(detail === undefined ? {} : { detail }) }
}
