import type { Participant as CoreParticipant } from '@beckon/core'
import type { Participant } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderParticipant({ joinedAt, leftAt, ...rest }: CoreParticipant): Participant {
  return { ...rest, joinedAt: timeOf(joinedAt), ...(leftAt === undefined ? {} : { leftAt: timeOf(leftAt) }) }
}
