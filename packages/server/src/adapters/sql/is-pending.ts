import type { ProactiveMessage } from '@beckon/core'

/** Whether a message is under way: what the partial indexes of both engines hold. */
export function isPending({ status }: ProactiveMessage): boolean {
  return status === 'scheduled' || status === 'sent' || status === 'delivered'
}
