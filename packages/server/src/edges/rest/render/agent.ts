import type { Agent as CoreAgent } from '@beckon/core'
import type { Agent } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderAgent({ id, name, displayName, role, createdAt, updatedAt }: CoreAgent): Agent {
  return { id, name, displayName, role, createdAt: timeOf(createdAt), updatedAt: timeOf(updatedAt) }
}
