import type { DeploymentId } from '../domain/ids.ts'
import type { PushDevice } from '../domain/push-device/push-device.ts'
import { notFound, ok, type Result } from '../domain/result.ts'
import { leadsOn } from '../domain/session/leads-on.ts'
import type { Found, Need } from '../ports/store.ts'
import type { SessionDeps } from './session-changes.ts'

export type PushDeviceDeps = Pick<SessionDeps, 'store' | 'clock' | 'secrets'>

export function pushDeviceNeed({ secrets }: Pick<PushDeviceDeps, 'secrets'>, deploymentId: DeploymentId, token: string): Need {
  return { deploymentId, guestToken: { deploymentId, hash: secrets.hash(token) }, pushDevice: true }
}

/** Whoever this token acts for. An expired session counts: its guest is exactly who has to be woken. */
export function ownerOfToken({ deployment, session, contact }: Found, deploymentId: DeploymentId): Result<Pick<PushDevice, 'contactId' | 'tokenHash'>> {
  if (deployment?.status !== 'active') return notFound('deployment', deploymentId)
  if (!session || !contact || !leadsOn(session, contact)) return notFound('session', '')
  return ok({ contactId: contact.id, tokenHash: session.tokenHash })
}
