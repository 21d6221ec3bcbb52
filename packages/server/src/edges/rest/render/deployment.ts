import type { Deployment as CoreDeployment } from '@beckon/core'
import type { Deployment } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { renderDuration } from './duration.ts'

export function renderDeployment(deployment: CoreDeployment): Deployment {
  const { version: _, idleCloseAfter, sessionDuration, reopenWithin, createdAt, updatedAt, ...rest } = deployment
  return {
    ...rest,
    sessionDuration: renderDuration(sessionDuration),
    reopenWithin: renderDuration(reopenWithin),
    ...(idleCloseAfter === undefined ? {} : { idleCloseAfter: renderDuration(idleCloseAfter) }),
    createdAt: timeOf(createdAt),
    updatedAt: timeOf(updatedAt),
  }
}
