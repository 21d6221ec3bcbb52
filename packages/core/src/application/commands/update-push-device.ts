import type { PushDevice } from '../../domain/push-device/push-device.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import { ownerOfToken, pushDeviceNeed, type PushDeviceDeps } from '../push-device-owner.ts'
import { noChanges } from '../transact-once.ts'
import type { RegisterPushDevice } from './register-push-device.ts'

export type UpdatePushDevice = Pick<RegisterPushDevice, 'deploymentId' | 'token'> & { readonly device: Partial<Pick<PushDevice, 'deviceToken' | 'language'>> }

/** Refuses with `not_found`: the deployment, a session of this token, its device. */
export function createUpdatePushDevice(deps: PushDeviceDeps) {
  return ({ deploymentId, token, device }: UpdatePushDevice): Promise<Result<null>> =>
    deps.store.transact<Result<null>>({
      need: pushDeviceNeed(deps, deploymentId, token),
      decide: (found) => {
        const owner = ownerOfToken(found, deploymentId)
        if (!owner.ok) return { result: owner, changes: noChanges }
        if (!found.pushDevice) return { result: notFound('push device', ''), changes: noChanges }
        return { result: ok(null), changes: [{ kind: 'put-push-device', device: { ...found.pushDevice, ...device, ...owner.value, updatedAt: deps.clock.now() } }] }
      },
    })
}
