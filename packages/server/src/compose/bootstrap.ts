import { allowsOrigin, toId, type Reader, type Secrets, type UseCases } from '@beckon/core'
import type { Settings } from '../config/settings.ts'

interface BootstrapDeps {
  readonly useCases: Pick<UseCases, 'createClient' | 'createAgent' | 'updateAgent' | 'createDeployment' | 'updateDeployment'>
  readonly store: Pick<Reader, 'agentByName'>
  readonly secrets: Secrets
}

const adminName = 'admin'

/** Makes what the settings name, or brings it in line with them: safe to repeat at every start. */
export async function bootstrap(deps: BootstrapDeps, settings: Settings, ownUrls: readonly string[]): Promise<void> {
  await Promise.all([bootstrapClient(deps, settings), bootstrapAdmin(deps, settings), bootstrapDeployment(deps, settings, ownUrls)])
}

async function bootstrapClient({ useCases }: BootstrapDeps, { bootstrapClientId, bootstrapClientSecret, bootstrapScopes }: Settings): Promise<void> {
  if (bootstrapClientId === undefined || bootstrapClientSecret === undefined) return
  await useCases.createClient({
    id: toId(bootstrapClientId), secret: bootstrapClientSecret,
    details: { name: bootstrapClientId, scopes: bootstrapScopes },
  })
}

async function bootstrapAdmin({ useCases, store, secrets }: BootstrapDeps, { bootstrapAdminPassword: password }: Settings): Promise<void> {
  if (password === undefined) return
  const known = await store.agentByName(adminName)
  if (!known) await useCases.createAgent({ name: adminName, details: { displayName: 'Admin', role: 'admin', password } })
  else if (!(await secrets.matchesPassword(password, known.passwordHash))) await useCases.updateAgent({ id: known.id, details: { password } })
}

/** What was changed about it since stays; only the server's own pages are let in again, since its address may be a new one. */
async function bootstrapDeployment({ useCases }: BootstrapDeps, { bootstrapDeploymentId }: Settings, ownUrls: readonly string[]): Promise<void> {
  if (bootstrapDeploymentId === undefined) return
  const id = toId<'deployment'>(bootstrapDeploymentId)
  const own = [...new Set(ownUrls.flatMap(hostsOf))]
  const made = await useCases.createDeployment({ id, settings: { name: 'Demo shop', allowedDomains: own } })
  if (!made.ok) return
  const missing = own.filter((host) => !allowsOrigin(made.value, host))
  if (missing.length > 0) await useCases.updateDeployment({ id, settings: { allowedDomains: [...made.value.allowedDomains, ...missing] } })
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** People type any name of their own machine. */
function hostsOf(url: string): readonly string[] {
  const { hostname } = new URL(url)
  return loopback.includes(hostname) ? loopback : [hostname]
}
