import type { Authentication, Deployment as CoreDeployment } from '@beckon/core'
import type { Deployment } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { renderDuration } from './duration.ts'

export function renderDeployment(deployment: CoreDeployment): Deployment {
  const { version: _, authentication, idleCloseAfter, sessionDuration, reopenWithin, createdAt, updatedAt, ...rest } = deployment
  return {
    ...rest,
    sessionDuration: renderDuration(sessionDuration),
    reopenWithin: renderDuration(reopenWithin),
    ...(idleCloseAfter === undefined ? {} : { idleCloseAfter: renderDuration(idleCloseAfter) }),
    ...(authentication ? { authentication: renderAuthentication(authentication) } : {}),
    createdAt: timeOf(createdAt),
    updatedAt: timeOf(updatedAt),
  }
}

/** Of the secret, only whether there is one. */
function renderAuthentication({ sealedClientSecret, redirectUris, ...authentication }: Authentication): NonNullable<Deployment['authentication']> {
  return { ...authentication, redirectUris: [...redirectUris], hasClientSecret: sealedClientSecret !== undefined }
}
