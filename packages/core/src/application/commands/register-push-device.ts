import type { DeploymentId } from '../../domain/ids.ts'
import type { PushDevice } from '../../domain/push-device/push-device.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { ownerOfToken, pushDeviceNeed, type PushDeviceDeps } from '../push-device-owner.ts'
import { noChanges } from '../transact-once.ts'

export interface RegisterPushDevice {
  readonly deploymentId: DeploymentId
  /** The app's session token; whoever has it acts for the guest. In any case of letters. */
  readonly token: string
  readonly device: Pick<PushDevice, 'deviceToken' | 'notificationProvider' | 'deviceType' | 'language'>
}

/** Refuses with `not_found` (the deployment; a session of this token), `already_exists`. */
export function createRegisterPushDevice(deps: PushDeviceDeps) {
  return ({ deploymentId, token, device }: RegisterPushDevice): Promise<Result<null>> =>
    deps.store.transact<Result<null>>({
      need: pushDeviceNeed(deps, deploymentId, token),
      decide: (found) => {
        const owner = ownerOfToken(found, deploymentId)
        if (!owner.ok) return { result: owner, changes: noChanges }
        if (found.pushDevice) return { result: refuse({ code: 'already_exists', noun: 'push device', key: found.pushDevice.deviceType }), changes: noChanges }
        const now = deps.clock.now()
        return { result: ok(null), changes: [{ kind: 'put-push-device', device: { ...device, deploymentId, ...owner.value, createdAt: now, updatedAt: now } }] }
      },
    })
}
