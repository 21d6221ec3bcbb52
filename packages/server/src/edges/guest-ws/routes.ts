import { firstVisibleSeq, sessionState, toId, visibleConversation, type Clock, type Deployment, type Instant, type Reader, type Session } from '@beckon/core'
import { fieldsOf, operations, textOf, type DeploymentConfig } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createBoundedMap, type BoundedMap } from '../shared/bounded-map.ts'
import { createBucket, takeFrom, type Bucket } from './bucket.ts'
import type { GuestJwt } from './guest-jwt.ts'
import { mediaOf } from './render-session.ts'
import { renderForEveryClient } from './render-entry.ts'

export interface GuestRouteDeps {
  readonly reader: Reader
  readonly clock: Clock
  readonly jwt: GuestJwt
  readonly publicUrl: () => string
}

/** What guest clients read over HTTP (guest-protocol 2.9, 4.10, 4.11). */
export function registerGuestRoutes(app: FastifyInstance, deps: GuestRouteDeps): void {
  const reads = createBoundedMap<string, Bucket>(mostReaders)
  app.get(pathOf('list-guest-messages'), (request, reply) => listGuestMessages({ ...deps, reads }, request, reply))
  app.get(pathOf('get-deployment-config'), (request, reply) =>
    sendDeployment(deps, request, reply, (deployment) => deploymentConfig(deployment, deps.publicUrl())),
  )
  app.get(pathOf('get-deployment-configurations'), (request, reply) =>
    sendDeployment(deps, request, reply, (deployment) => publishedConfiguration(deployment, deps.publicUrl())),
  )
  app.get(pathOf('get-deployment-domains'), (request, reply) =>
    sendDeployment(deps, request, reply, domainsOf),
  )
}

function pathOf(id: 'list-guest-messages' | 'get-deployment-config' | 'get-deployment-configurations' | 'get-deployment-domains'): string {
  return operations[id].path.replaceAll(/\{(\w+)\}/g, ':$1')
}

async function sendDeployment(
  { reader }: GuestRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  render: (deployment: Deployment) => unknown,
): Promise<FastifyReply> {
  const deployment = await reader.deployment(toId(param(request, 'deploymentId')))
  void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-cache')
  // Guest clients take 403 for "never", here as at the socket (guest-protocol 1.3, 4.11).
  if (!deployment) return reply.code(403).send({ message: 'Deployment not found', code: 'not_found', status: 403 })
  return reply.send(render(deployment))
}

function param({ params }: FastifyRequest, name: string): string {
  return textOf(fieldsOf(params)[name]) ?? ''
}

function deploymentConfig(deployment: Deployment, publicUrl: string): DeploymentConfig {
  const { looks, guestWritesAfterClose, fileUpload, authentication } = deployment
  return {
    id: deployment.id,
    version: String(deployment.version),
    languages: ['en-us'],
    defaultLanguage: 'en-us',
    apiEndpoint: publicUrl,
    status: deployment.status === 'active' ? 'Active' : 'Inactive',
    auth: { enabled: authentication?.enabled ?? false, allowSessionUpgrade: authentication?.allowSessionUpgrade ?? false },
    journeyEvents: { enabled: false },
    messenger: {
      enabled: true,
      styles: { primaryColor: looks.primaryColor },
      launcherButton: { visibility: 'On' },
      fileUpload: { enableAttachments: fileUpload.enabled, modes: fileUpload.enabled ? fileUpload.modes : [] },
      apps: {
        conversations: {
          messagingEndpoint: publicUrl.replace(/^http/, 'ws'),
          showAgentTypingIndicator: true,
          showUserTypingIndicator: true,
          autoStart: { enabled: deployment.autoStart },
          conversationDisconnect: { enabled: true, type: guestWritesAfterClose === 'readOnly' ? 'ReadOnly' : 'Send' },
          conversationClear: { enabled: deployment.clearEnabled },
          notifications: { enabled: false, notificationContentType: 'ExcludeMessagesContent' },
          markdown: { enabled: false },
          humanize: { enabled: false },
        },
      },
    },
    beckon: { ...looks, whenGuestWritesAfterClose: guestWritesAfterClose },
  }
}

/** The same, as the market leader's SDK for pages reads it (guest-protocol 2.9). */
function publishedConfiguration(deployment: Deployment, publicUrl: string) {
  const { id, version, status, languages, defaultLanguage, auth, journeyEvents, messenger } = deploymentConfig(deployment, publicUrl)
  const sessionDurationSeconds = Math.max(1, Math.round(deployment.sessionDuration / 1000))
  const conversations = { enabled: true, ...messenger.apps.conversations, sessionDurationSeconds }
  return {
    configurationVersion: {
      id, name: deployment.name, version, status, languages, defaultLanguage, journeyEvents,
      authenticationSettings: auth,
      messenger: { ...messenger, apps: { conversations } },
    },
    deployment: {
      id, status,
      name: deployment.name,
      ...domainsOf(deployment),
      supportedContent: { id: 'default', mediaTypes: { allow: mediaOf(deployment).allowedMedia } },
      configuration: { id, version },
    },
  }
}

function domainsOf({ allowedDomains }: Deployment): { readonly allowAllDomains: boolean; readonly allowedDomains: readonly string[] } {
  return { allowAllDomains: allowedDomains.includes('*'), allowedDomains: allowedDomains.filter((domain) => domain !== '*') }
}

interface HistoryDeps extends GuestRouteDeps {
  readonly reads: BoundedMap<string, Bucket>
}

/** More sessions than read their history within a minute. */
const mostReaders = 20_000

/** Some clients page to the end at once, so a session may read as often as its sockets may ask. */
function takeRead(reads: HistoryDeps['reads'], { id }: Session, { limits: { requestsPerMinute } }: Deployment, now: Instant): number {
  const bucket = reads.get(id) ?? createBucket({ burst: requestsPerMinute, perSecond: requestsPerMinute / 60 })
  reads.set(id, bucket)
  return takeFrom(bucket, now)
}

const defaultPageSize = 25
const largestPage = 100

/** Newest first; a page past the end is empty, not missing, as clients page until then (guest-protocol 4.10). */
async function listGuestMessages({ reader, clock, jwt, reads }: HistoryDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const presented = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const claims = await jwt.verify(presented ?? '')
  const session = claims && (await reader.session(claims.sessionId))
  const deployment = session && (await reader.deployment(session.deploymentId))
  if (!session || !deployment || sessionState(session, clock.now()) !== 'active') {
    const challenge = `Bearer realm="beckon"${presented === undefined ? '' : ', error="invalid_token"'}`
    return reply.code(401).header('www-authenticate', challenge).send({ message: 'The token is not valid: ask for another with getJwt.', code: 'invalid_token', status: 401 })
  }
  const wait = takeRead(reads, session, deployment, clock.now())
  if (wait > 0) {
    void reply.header('retry-after', String(Math.ceil(wait)))
    return reply.code(429).send({ message: 'Too many reads: try again in a moment.', code: 'rate_limited', status: 429 })
  }
  return reply.send(await readPage(reader, request, { session, readOnly: deployment.guestWritesAfterClose === 'readOnly' }))
}

async function readPage(reader: Reader, request: FastifyRequest, { session, readOnly }: { readonly session: Session; readonly readOnly: boolean }) {
  const pageSize = wholeNumber(request, 'pageSize', defaultPageSize, largestPage)
  const pageNumber = wholeNumber(request, 'pageNumber', 1, Number.MAX_SAFE_INTEGER)
  const conversation = visibleConversation(session, await reader.latestConversation(session.contactId))
  const page = conversation && { afterSeq: firstVisibleSeq(session, conversation.id) - 1, offset: (pageNumber - 1) * pageSize, limit: pageSize }
  const { entries, total } = page ? await reader.guestHistory(conversation.id, page) : { entries: [], total: 0 }
  return {
    entities: entries.map((entry) => renderForEveryClient(entry, readOnly)),
    pageSize, pageNumber, total,
    pageCount: Math.ceil(total / pageSize),
  }
}

function wholeNumber({ query }: FastifyRequest, name: string, otherwise: number, most: number): number {
  const value = Number(fieldsOf(query)[name])
  return Number.isSafeInteger(value) && value >= 1 ? Math.min(value, most) : otherwise
}
