import { authenticationFaults, noAuthentication, updateAuthentication, type Authentication, type AuthenticationSettings } from '../domain/deployment/authentication.ts'
import type { DeploymentSettings } from '../domain/deployment/deployment.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { Secrets } from '../ports/secrets.ts'

/** Settings as an administrator gives them: the provider's secret is still readable in them. */
export type GivenDeploymentSettings = Omit<DeploymentSettings, 'authentication'> & { readonly authentication?: AuthenticationSettings }

/** The settings as they are kept: complete, and with the secret sealed. Refuses with `invalid_request`. */
export function settleAuthentication(secrets: Pick<Secrets, 'seal'>, { authentication: given, ...settings }: GivenDeploymentSettings, known?: Authentication): Result<DeploymentSettings> {
  if (!given) return ok(settings)
  const authentication = updateAuthentication(known ?? noAuthentication, given, (secret) => secrets.seal(secret))
  const faults = authenticationFaults(authentication)
  return faults.length > 0 ? refuse({ code: 'invalid_request', faults }) : ok({ ...settings, authentication })
}
