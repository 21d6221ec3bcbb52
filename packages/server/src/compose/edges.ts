import { fileURLToPath } from 'node:url'
import type { UseCases } from '@beckon/core'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '../config/settings.ts'
import { registerAttachments } from '../edges/attachments/register.ts'
import { registerGenesys } from '../edges/genesys/register.ts'
import { registerGuestIdentity } from '../edges/guest-ws/identity/register-identity.ts'
import { registerGuestSocket, type GuestSocketEdge } from '../edges/guest-ws/register.ts'
import { registerOauth } from '../edges/oauth/register.ts'
import { registerOps } from '../edges/ops/register.ts'
import { registerRest } from '../edges/rest/register.ts'
import { createAuthenticate } from '../edges/shared/authenticate.ts'
import { createClientAddress } from '../edges/shared/client-address.ts'
import { createHttpServer, type HttpServerOptions } from '../edges/shared/http-server.ts'
import { registerSpellings } from '../edges/spellings/register.ts'
import { registerWeb, type WebPlaces } from '../edges/web/register.ts'
import type { AppointmentWatch } from '../worker/appointment-watch.ts'
import type { Adapters } from './adapters.ts'
import { version } from './version.ts'

export interface Edges {
  readonly app: FastifyInstance
  /** A worker has no guests. */
  readonly guests?: GuestSocketEdge
  /** From now on health says so, and no new socket is taken. */
  beginDraining(): void
}

export interface EdgeDeps extends Adapters {
  readonly useCases: UseCases
  readonly settings: Settings
  readonly publicUrl: string
  readonly appointments: Pick<AppointmentWatch, 'overdueSince'>
}

/** Everything that callers reach, on one port. */
export function createEdges(deps: EdgeDeps): Edges {
  const { log, ids, settings, publicUrl, store, metrics, secrets } = deps
  const { bodyLimit, trustProxy, metricsToken, role } = settings
  const state = { isDraining: false }
  const app = createHttpServer({ log, ids, publicUrl, bodyLimit, trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy], ...tlsOf(settings) })
  registerOps(app, { reader: store, metrics, isDraining: () => state.isDraining, overdueSince: () => deps.appointments.overdueSince(), secrets, metricsToken })
  const guests = role === 'worker' ? undefined : registerCallers(app, deps)
  return {
    app,
    ...(guests ? { guests } : {}),
    beginDraining() {
      state.isDraining = true
    },
  }
}

function registerCallers(app: FastifyInstance, deps: EdgeDeps): GuestSocketEdge {
  const { useCases, store, clock, secrets, bus, presence, timers, log, metrics, settings, publicUrl } = deps
  const { rateLimit, bootstrapDeploymentId } = settings
  const authenticate = createAuthenticate({ reader: store, clock, secrets, bus })
  registerOauth(app, { useCases, reader: store, clock, secrets, bus, publicUrl, authenticate })
  const { handlers, limiter } = registerRest(app, {
    useCases, reader: store, clock, secrets, bus, presence, timers, publicUrl, authenticate,
    rate: rateLimit === 0 ? 'off' : { perSecond: rateLimit, burst: 2 * rateLimit },
  })
  registerSpellings(app, { handlers, limiter, authenticate, secrets, publicUrl })
  registerGenesys(app, { useCases, reader: store, clock, ids: deps.ids, secrets, bus, presence, timers, log, publicUrl, authenticate, limiter })
  registerAttachments(app, { useCases, secrets, clock, publicUrl })
  registerWeb(app, {
    publicUrl, version, places,
    ...(bootstrapDeploymentId === undefined ? {} : { demoDeploymentId: bootstrapDeploymentId }),
  })
  registerGuestIdentity(app, { useCases, reader: store, clock, secrets, publicUrl, authenticate })
  return registerGuestSocket(app, {
    useCases, reader: store, clock, secrets, bus, presence, timers,
    publicUrl: () => publicUrl,
    clientAddress: createClientAddress(settings.trustProxy),
    onError: (error) => log.error({ err: error }, 'a guest’s request failed'),
    onConnections: (open) => metrics.wsConnections(open),
  })
}

function tlsOf({ tlsCertificate: cert, tlsKey: key }: Settings): Pick<HttpServerOptions, 'tls'> {
  return cert === undefined || key === undefined ? {} : { tls: { cert, key } }
}

const places: WebPlaces = { demo: packagePath('widget/demo'), widget: packagePath('widget/dist'), desk: packagePath('desk/dist') }

function packagePath(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url))
}
