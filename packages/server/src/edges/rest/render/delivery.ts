import type { Delivery as CoreDelivery } from '@beckon/core'
import type { Delivery } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderDelivery({ at, ...rest }: CoreDelivery): Delivery {
  return { ...rest, ...(at === undefined ? {} : { at: timeOf(at) }) }
}
