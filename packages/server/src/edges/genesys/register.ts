import { genesysOperations, type GenesysOperationId } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { createServe } from '../shared/operation/serve-operation.ts'
import { draftOfError } from '../shared/problem/error-draft.ts'
import type { GenesysDeps } from './genesys-deps.ts'
import { createHandlers } from './handlers.ts'
import { createNotifications } from './notifications/notifications.ts'
import { createSendErrorBody } from './refusing/error-body.ts'

/** Puts the market leader's own operations on the server, in its envelope. */
export function registerGenesys(app: FastifyInstance, deps: GenesysDeps): void {
  const notifications = createNotifications(app, deps)
  // A scope of its own: whatever is refused in it, by the parser too, goes out in its envelope.
  void app.register((scope, _, done) => {
    putRows(scope, deps, notifications)
    done()
  })
  app.addHook('preClose', async () => notifications.drain())
}

function putRows(scope: FastifyInstance, deps: GenesysDeps, { channels }: Pick<ReturnType<typeof createNotifications>, 'channels'>): void {
  const { log, publicUrl } = deps
  const sendProblem = createSendErrorBody(publicUrl)
  scope.setErrorHandler((error, request, reply) => sendProblem(reply, request.lacksEveryScope ?? draftOfError(error, request, log)))
  scope.addHook('onRequest', (request, reply, done) => {
    reply.header('inin-correlation-id', request.id)
    done()
  })
  scope.addHook('onSend', (_request, reply, _payload, done) => {
    tellRate(reply)
    done()
  })
  const serve = createServe(scope, { ...deps, sendProblem })
  const handlers = createHandlers({ ...deps, channels })
  const serveOne = <K extends GenesysOperationId>(id: K): void => serve(genesysOperations[id], handlers[id])
  for (const id of Object.keys(genesysOperations).filter(isRow)) serveOne(id)
}

function isRow(id: string): id is GenesysOperationId {
  return Object.hasOwn(genesysOperations, id)
}

/** The same as the standard's headers say, under the names that the market leader's clients read. */
function tellRate(reply: FastifyReply): void {
  const [, left, reset] = /r=(\d+);t=(\d+)/.exec(String(reply.getHeader('ratelimit') ?? '')) ?? []
  const [, allowed] = /q=(\d+)/.exec(String(reply.getHeader('ratelimit-policy') ?? '')) ?? []
  if (left === undefined || reset === undefined || allowed === undefined) return
  reply.headers({ 'inin-ratelimit-count': String(Number(allowed) - Number(left)), 'inin-ratelimit-allowed': allowed, 'inin-ratelimit-reset': reset })
}
