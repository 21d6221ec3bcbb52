import { firstVisibleSeq, sessionState, toId, visibleConversation, type Clock, type Deployment, type Entry, type Reader } from '@beckon/core'
import { operations, type DeploymentConfig, type EntryBody } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GuestJwt } from './guest-jwt.ts'
import { renderDisconnect, renderEntry } from './render-entry.ts'

export interface GuestRouteDeps {
  readonly reader: Reader
  readonly clock: Clock
  readonly jwt: GuestJwt
  readonly publicUrl: () => string
}

/** What guest clients read over HTTP (guest-protocol 2.9, 4.10, 4.11). */
export function registerGuestRoutes(app: FastifyInstance, deps: GuestRouteDeps): void {
  app.get(pathOf('list-guest-messages'), (request, reply) => listGuestMessages(deps, request, reply))
  app.get(pathOf('get-deployment-config'), (request, reply) =>
    sendDeployment(deps, request, reply, (deployment) => deploymentConfig(deployment, deps.publicUrl())),
  )
  app.get(pathOf('get-deployment-domains'), (request, reply) =>
    sendDeployment(deps, request, reply, ({ allowedDomains }) => ({
      allowAllDomains: allowedDomains.includes('*'),
      allowedDomains: allowedDomains.filter((domain) => domain !== '*'),
    })),
  )
}

function pathOf(id: 'list-guest-messages' | 'get-deployment-config' | 'get-deployment-domains'): string {
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
  if (!deployment) return reply.code(404).send({ message: 'Deployment not found', code: 'not_found', status: 404 })
  return reply.send(render(deployment))
}

function param(request: FastifyRequest, name: string): string {
  const { params } = request
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof value === 'string' ? value : ''
}

function deploymentConfig(deployment: Deployment, publicUrl: string): DeploymentConfig {
  const { looks, guestWritesAfterClose } = deployment
  return {
    id: deployment.id,
    version: String(deployment.version),
    languages: ['en-us'],
    defaultLanguage: 'en-us',
    apiEndpoint: publicUrl,
    status: deployment.status === 'active' ? 'Active' : 'Inactive',
    auth: { enabled: false, allowSessionUpgrade: false },
    journeyEvents: { enabled: false },
    messenger: {
      enabled: true,
      styles: { primaryColor: looks.primaryColor },
      launcherButton: { visibility: 'On' },
      fileUpload: { enableAttachments: false, modes: [] },
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

const defaultPageSize = 25
const largestPage = 100

/** Newest first; a page past the end is empty, not missing, as clients page until then (guest-protocol 4.10). */
async function listGuestMessages({ reader, clock, jwt }: GuestRouteDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const claims = await jwt.verify(/^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
  const session = claims && (await reader.session(claims.sessionId))
  const deployment = session && (await reader.deployment(session.deploymentId))
  if (!session || !deployment || sessionState(session, clock.now()) !== 'active') {
    return reply.code(401).send({ message: 'The token is not valid: ask for another with getJwt.', code: 'invalid_token', status: 401 })
  }
  const pageSize = wholeNumber(request, 'pageSize', defaultPageSize, largestPage)
  const pageNumber = wholeNumber(request, 'pageNumber', 1, Number.MAX_SAFE_INTEGER)
  const conversation = visibleConversation(session, await reader.latestConversation(session.contactId))
  const page = conversation && { afterSeq: firstVisibleSeq(session, conversation.id) - 1, offset: (pageNumber - 1) * pageSize, limit: pageSize }
  const { entries, total } = page ? await reader.guestHistory(conversation.id, page) : { entries: [], total: 0 }
  const readOnly = deployment.guestWritesAfterClose === 'readOnly'
  return reply.send({
    entities: entries.map((entry) => renderHistory(entry, readOnly)),
    pageSize, pageNumber, total,
    pageCount: Math.ceil(total / pageSize),
  })
}

function renderHistory(entry: Entry, readOnly: boolean): EntryBody {
  return entry.kind === 'event' ? renderDisconnect(entry, readOnly) : renderEntry(entry)
}

function wholeNumber(request: FastifyRequest, name: string, otherwise: number, most: number): number {
  const { query } = request
  const value = Number(typeof query === 'object' && query !== null ? Reflect.get(query, name) : Number.NaN)
  return Number.isSafeInteger(value) && value >= 1 ? Math.min(value, most) : otherwise
}
