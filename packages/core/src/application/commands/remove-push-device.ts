import { notFound, ok, type Result } from '../../domain/result.ts'
import { pushDeviceNeed, type PushDeviceDeps } from '../push-device-owner.ts'
import { noChanges } from '../transact-once.ts'
import type { RegisterPushDevice } from './register-push-device.ts'

/** Refuses with `not_found`: the deployment, the device. */
export function createRemovePushDevice(deps: Pick<PushDeviceDeps, 'store' | 'secrets'>) {
  return ({ deploymentId, token }: Pick<RegisterPushDevice, 'deploymentId' | 'token'>): Promise<Result<null>> =>
    deps.store.transact<Result<null>>({
      need: pushDeviceNeed(deps, deploymentId, token),
      decide: ({ deployment, pushDevice }) => {
        if (!deployment) return { result: notFound('deployment', deploymentId), changes: noChanges }
        if (!pushDevice) return { result: notFound('push device', ''), changes: noChanges }
        return { result: ok(null), changes: [{ kind: 'delete-push-device', deploymentId, tokenHash: pushDevice.tokenHash }] }
      },
    })
}
