import { defaultFileUpload, type FileUpload } from '../attachment/file-upload.ts'
import type { DeploymentId } from '../ids.ts'
import type { Authentication } from './authentication.ts'
import { days, minutes, seconds, type Duration, type Instant } from '../instant.ts'

/** What a guest's message does to a closed conversation. */
export type GuestWritesAfterClose = 'reopen' | 'startLinked' | 'readOnly'

/** What a guest who comes back after the session's end may see. `forget` is for shared computers: a new contact. */
export type AfterExpiry = 'show' | 'unreadOnly' | 'forget'

export type WhenClosed = 'reopen' | 'append' | 'startLinked' | 'reject'
export type WhenUnreachable = 'store' | 'reject'

export interface GuestLimits {
  readonly messagesPerSecond: number
  readonly requestsPerMinute: number
  readonly configuresPerMinute: number
  /** New sockets per minute from one address. */
  readonly connectionsPerMinute: number
  readonly connectionsPerSession: number
}

export interface Looks {
  readonly title: string
  readonly greeting: string
  /** CSS hex colour, `#rrggbb`. */
  readonly primaryColor: string
  readonly position: 'right' | 'left'
}

/** One site or brand that embeds the widget. */
export interface Deployment {
  readonly id: DeploymentId
  readonly name: string
  readonly status: 'active' | 'inactive'
  /** Hosts whose pages may open sockets: `shop.example`, covering its subdomains; `*` for every host. */
  readonly allowedDomains: readonly string[]
  readonly sessionDuration: Duration
  readonly afterExpiry: AfterExpiry
  readonly guestWritesAfterClose: GuestWritesAfterClose
  readonly reopenWithin: Duration
  readonly whenClosed: WhenClosed
  readonly whenUnreachable: WhenUnreachable
  /** A conversation nobody writes in for this long closes by itself. */
  readonly idleCloseAfter?: Duration
  readonly autoStart: boolean
  readonly clearEnabled: boolean
  /** Absent where guests cannot sign in. */
  readonly authentication?: Authentication
  readonly looks: Looks
  readonly limits: GuestLimits
  readonly fileUpload: FileUpload
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

export type DeploymentSettings = Partial<Omit<Deployment, 'id' | 'createdAt' | 'updatedAt' | 'version' | 'looks' | 'limits' | 'fileUpload'>> & {
  readonly looks?: Partial<Looks>
  readonly limits?: Partial<GuestLimits>
  readonly fileUpload?: Partial<FileUpload>
}

/** Limits are those the guest protocol's clients were built against (guest-protocol 1.6). */
export const defaultLimits: GuestLimits = {
  messagesPerSecond: 5,
  requestsPerMinute: 60,
  configuresPerMinute: 60,
  connectionsPerMinute: 1000,
  connectionsPerSession: 3,
}

export const defaultLooks: Looks = {
  title: 'Chat with us',
  greeting: 'Hello! Ask us anything.',
  primaryColor: '#0f6b5c',
  position: 'right',
}

export const shortestSession: Duration = seconds(1)
export const expiryNotice: Duration = minutes(5)

export function createDeployment(id: DeploymentId, settings: DeploymentSettings, now: Instant): Deployment {
  return {
    name: 'Messenger', status: 'active', allowedDomains: [],
    sessionDuration: days(3), afterExpiry: 'show', guestWritesAfterClose: 'reopen', reopenWithin: days(7),
    whenClosed: 'reopen', whenUnreachable: 'store', autoStart: false, clearEnabled: true,
    ...settings,
    id,
    looks: { ...defaultLooks, ...settings.looks },
    limits: { ...defaultLimits, ...settings.limits },
    fileUpload: { ...defaultFileUpload, ...settings.fileUpload },
    createdAt: now, updatedAt: now, version: 1,
  }
}

export function updateDeployment(deployment: Deployment, settings: DeploymentSettings, now: Instant): Deployment {
  return {
    ...deployment,
    ...settings,
    looks: { ...deployment.looks, ...settings.looks },
    limits: { ...deployment.limits, ...settings.limits },
    fileUpload: { ...deployment.fileUpload, ...settings.fileUpload },
    updatedAt: now,
    version: deployment.version + 1,
  }
}

/**
 * May a page of this origin open a socket? Scheme and port do not count. A missing Origin is no browser, and so no page
 * to protect anybody from; nor is a bare host, which no browser sends: native clients name the host they connect to
 * (guest-protocol 1.3), so `ownHost` is let in when it comes without a scheme.
 */
export function allowsOrigin(deployment: Deployment, origin: string | undefined, ownHost = ''): boolean {
  if (origin === undefined || deployment.allowedDomains.includes('*')) return true
  const host = hostOf(origin)
  if (!origin.includes('://') && host !== '' && host === hostOf(ownHost)) return true
  return deployment.allowedDomains.some((entry) => host === hostOf(entry) || host.endsWith(`.${hostOf(entry)}`))
}

function hostOf(origin: string): string {
  const withoutScheme = origin.toLowerCase().replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
  return withoutScheme.startsWith('[') ? withoutScheme.replace(/\](:\d+)?.*$/, ']') : withoutScheme.replace(/[:/].*$/, '')
}
