import { toId, type Clock, type Reader, type Secrets, type UseCases } from '@beckon/core'
import { operations, type OperationId } from '@beckon/protocol'
import type { FastifyInstance } from 'fastify'
import type { ServeDeps } from '../../shared/operation/serve-operation.ts'
import { createServe } from '../../shared/operation/serve-operation.ts'
import { allowPages } from './allow-pages.ts'
import { pushDeviceHandlers } from './push-devices.ts'
import { createSignInJwt } from './sign-in-jwt.ts'
import { signInOperations } from './sign-in-operations.ts'

export interface GuestIdentityDeps extends Pick<ServeDeps, 'authenticate' | 'publicUrl'> {
  readonly useCases: Pick<UseCases, 'signInGuest' | 'refreshSignIn' | 'signOutGuest' | 'registerPushDevice' | 'updatePushDevice' | 'removePushDevice'>
  readonly reader: Pick<Reader, 'deployment'>
  readonly clock: Clock
  readonly secrets: Secrets
}

/** Puts on the server what guests' clients call over HTTP to sign in and out and to be woken (guest-protocol 2.9). */
export function registerGuestIdentity(app: FastifyInstance, deps: GuestIdentityDeps): void {
  const { useCases, reader, clock, secrets } = deps
  // A scope of its own: only these paths are for pages of any origin.
  void app.register((scope, _, done) => {
    const issuerOf = async (deploymentId: string): Promise<string | undefined> => (await reader.deployment(toId(deploymentId)))?.authentication?.issuer
    const signIn = signInOperations({ useCases, clock, jwt: createSignInJwt({ secrets, clock }), issuerOf })
    const ids = ['sign-in-guest', 'refresh-sign-in', 'sign-out-guest', 'register-push-device', 'update-push-device', 'remove-push-device'] as const
    allowPages(scope, ids.map((id) => ({ method: operations[id].method, url: urlOf(id) })))
    const serve = createServe(scope, deps)
    serve(operations['sign-in-guest'], signIn.signInGuest)
    serve(operations['refresh-sign-in'], signIn.refreshSignIn)
    serve(operations['sign-out-guest'], signIn.signOutGuest)
    const devices = pushDeviceHandlers({ useCases, clock })
    scope.post(urlOf('register-push-device'), devices.registration)
    scope.patch(urlOf('update-push-device'), devices.update)
    scope.delete(urlOf('remove-push-device'), devices.delete)
    done()
  })
}

function urlOf(id: OperationId): string {
  return operations[id].path.replaceAll(/\{(\w+)\}/g, ':$1')
}
