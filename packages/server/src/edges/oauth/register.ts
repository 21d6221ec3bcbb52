import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { operations } from '@beckon/protocol'
import { createGuessLimits } from '../shared/limits/guess-limits.ts'
import { HttpRefused } from '../shared/http-refused.ts'
import { createServe } from '../shared/operation/serve-operation.ts'
import { getAuthorizationServer } from './endpoints/get-authorization-server.ts'
import { getMyToken } from './endpoints/get-my-token.ts'
import { introspectToken } from './endpoints/introspect-token.ts'
import { issueToken } from './endpoints/issue-token.ts'
import type { OauthEndpoint } from './endpoints/oauth-endpoint.ts'
import { revokeToken } from './endpoints/revoke-token.ts'
import { parseFormBody } from './form-body.ts'
import type { OauthDeps } from './oauth-deps.ts'
import { notStored, sendOauthRefusal } from './oauth-refusal.ts'
import { refusalOfError } from './refusal-of-error.ts'
import { proveClient, type ProveDeps } from './steps/prove-client.ts'
import { readCredentials } from './steps/read-credentials.ts'
import { readParameters } from './steps/read-parameters.ts'

/** Puts the OAuth endpoints on the server: client credentials, introspection, revocation, metadata, and what a token may do. */
export function registerOauth(app: FastifyInstance, deps: OauthDeps): void {
  const serve = createServe(app, deps)
  serve(operations['get-authorization-server'], getAuthorizationServer(deps))
  serve(operations['get-my-token'], getMyToken(deps))
  // A scope of its own: forms are read here and nowhere else, and refusals are OAuth's own.
  void app.register((scope, _, done) => {
    addFormParser(scope)
    scope.setErrorHandler((error, _request, reply) => {
      const refusal = refusalOfError(error)
      if (!refusal) throw error
      return sendOauthRefusal(reply, refusal)
    })
    const prove = { ...deps, limits: createGuessLimits(deps.clock) }
    addEndpoint(scope, operations['issue-token'].path, prove, issueToken(deps))
    addEndpoint(scope, operations['introspect-token'].path, prove, introspectToken(deps))
    addEndpoint(scope, operations['revoke-token'].path, prove, revokeToken(deps))
    done()
  })
}

function addEndpoint<T>(scope: FastifyInstance, path: string, deps: ProveDeps, endpoint: OauthEndpoint<T>): void {
  scope.post(path, (request, reply) => serveEndpoint(deps, endpoint, request, reply))
}

/** The steps of every endpoint, in the order of RFC 6749: read, check, authenticate, answer. */
async function serveEndpoint<T>(deps: ProveDeps, endpoint: OauthEndpoint<T>, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const parameters = readParameters(request.body)
  if (!parameters.ok) return sendOauthRefusal(reply, parameters)
  const credentials = readCredentials(request.headers.authorization, parameters.value)
  if (!credentials.ok) return sendOauthRefusal(reply, credentials)
  const client = await proveClient(deps, credentials.value, request.ip)
  if (!client.ok) return sendOauthRefusal(reply, client)
  const fault = endpoint.check(parameters.value)
  if (fault) return sendOauthRefusal(reply, fault)
  const answer = await endpoint.answer({ client: client.value, parameters: parameters.value })
  if (!answer.ok) return sendOauthRefusal(reply, answer)
  void reply.code(200).headers(notStored)
  return answer.value === undefined ? reply.send() : reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.value))
}

function addFormParser(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_, bytes: Buffer, done) => {
    try {
      done(null, parseFormBody(bytes))
    } catch (error) {
      done(error instanceof HttpRefused ? error : new Error('unreadable form', { cause: error }), undefined)
    }
  })
}
