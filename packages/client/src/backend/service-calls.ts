import type { AuthorizationServer, Introspection, MyToken, TokenAnswer } from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { BeckonEvent, EventPage } from './events.ts'
import type { JsonCaller } from './json-caller.ts'
import type { CallOptions, Transport } from './transport.ts'

/** Which events to read at once. To follow them as they happen, use `events`. */
export interface EventRange {
  /** Cursor to read behind; `latest` reads nothing and answers the cursor of now. Absent: from the beginning. */
  readonly after?: string
  /** 1 to 500. */
  readonly limit?: number
  /** 0 to 30: seconds to hold the call while there is nothing new. */
  readonly wait?: number
  readonly types?: readonly BeckonEvent['type'][]
  readonly conversationId?: string
  readonly contactId?: string
}

/** Tokens, the event feed, and the health of the server. */
export interface ServiceCalls {
  /** A page of the durable event feed. Scope `events:read`. */
  readonly listEvents: (range?: EventRange, options?: CallOptions) => Promise<EventPage>
  /** The access token that this SDK would send now: for handing to a program that speaks plain HTTP. */
  readonly issueToken: (scope?: string, options?: CallOptions) => Promise<TokenAnswer>
  /** RFC 7662: is this token good, and for what? */
  readonly introspectToken: (token: string, options?: CallOptions) => Promise<Introspection>
  /** RFC 7009: ends a token. Ending an unknown one is no error. */
  readonly revokeToken: (token: string, options?: CallOptions) => Promise<void>
  /** RFC 8414: where the token endpoints are and what they support. */
  readonly getAuthorizationServer: (options?: CallOptions) => Promise<AuthorizationServer>
  /** Whose token this is and what it may do. */
  readonly getMyToken: (options?: CallOptions) => Promise<MyToken>
  /** Is the process alive? */
  readonly getLiveness: (options?: CallOptions) => Promise<string>
  /** Can it serve: is the store reachable, are migrations current, is it not draining? Refused with 503 when not. */
  readonly getReadiness: (options?: CallOptions) => Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, string>> }>
  /** Prometheus text. */
  readonly getMetrics: (options?: CallOptions) => Promise<string>
  /** The OpenAPI 3.1 description of everything above. */
  readonly getOpenapi: (options?: CallOptions) => Promise<unknown>
  /** What a widget needs to know of its deployment. Public. */
  readonly getDeploymentConfig: (deploymentId: string, options?: CallOptions) => Promise<unknown>
  readonly getDeploymentConfigurations: (deploymentId: string, options?: CallOptions) => Promise<unknown>
  /** Where the widget of a deployment may be embedded. Public. */
  readonly getDeploymentDomains: (deploymentId: string, options?: CallOptions) => Promise<unknown>
  /** A guest's own history, by the short-lived token that the guest's socket hands out. */
  readonly listGuestMessages: (
    guestToken: string,
    page?: { readonly pageSize?: number; readonly pageNumber?: number },
    options?: CallOptions,
  ) => Promise<unknown>
}

/** `clientAuthorization` proves the OAuth client itself; undefined when the SDK was given a token instead. */
export function createServiceCalls(
  { call, get }: JsonCaller,
  transport: Transport,
  clientAuthorization: string | undefined,
): ServiceCalls {
  const form = <Answer>(at: string, fields: Readonly<Record<string, string>>, options?: CallOptions): Promise<Answer> =>
    call({ method: 'POST', path: at, form: fields, ...asClient(clientAuthorization), ...(options && { options }) })
  const open = <Answer>(at: string, options: CallOptions = {}): Promise<Answer> =>
    call({ method: 'GET', path: at, options, authorization: '' })
  const text = async (at: string, options: CallOptions = {}): Promise<string> => {
    const answer = await transport.send({ method: 'GET', path: at, options, authorization: '', headers: { accept: 'text/plain' } })
    options.onAnswer?.(answer)
    return answer.text
  }

  return {
    listEvents: (range, options) => get('/api/v2/events', options, { ...range }),
    issueToken: (scope, options) =>
      form('/oauth/token', { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }, options),
    introspectToken: (token, options) => form('/oauth/introspect', { token }, options),
    revokeToken: (token, options) => form('/oauth/revoke', { token }, options),
    getAuthorizationServer: (options) => open('/.well-known/oauth-authorization-server', options),
    getMyToken: (options) => get('/api/v2/tokens/me', options),
    getLiveness: (options) => text('/livez', options),
    getReadiness: (options) => open('/readyz', options),
    getMetrics: (options) => text('/metrics', options),
    getOpenapi: (options) => open('/openapi.json', options),
    getDeploymentConfig: (id, options) => open(path`/webdeployments/v1/deployments/${id}/config.json`, options),
    getDeploymentConfigurations: (id, options) => open(path`/api/v2/webdeployments/deployments/${id}/configurations`, options),
    getDeploymentDomains: (id, options) => open(path`/webdeployments/v1/deployments/${id}/domains.json`, options),
    listGuestMessages: (guestToken, page, options = {}) =>
      call({
        method: 'GET',
        path: '/api/v2/webmessaging/messages',
        query: { ...page },
        authorization: `Bearer ${guestToken}`,
        options,
      }),
  }
}

function asClient(authorization: string | undefined): { readonly authorization?: string } {
  return authorization === undefined ? {} : { authorization }
}
