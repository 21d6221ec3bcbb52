import { allScopes, instant, type Presence, type Reader, type Secrets, type UseCases } from '@beckon/core'
import { bindIdempotency, cancelProactive, sendToContact, updateConversation, type AnyAnswer } from '@beckon/server/parts'

/** The operations that the simulated backends call, after everything that HTTP settles. */
export interface Api {
  call(request: ApiRequest): Promise<AnyAnswer>
}

export interface ApiRequest {
  readonly operation: ApiOperation
  readonly params: Readonly<Record<string, string>>
  readonly body: object
  readonly key?: string
}

export type ApiOperation = 'send-to-contact' | 'cancel-proactive' | 'update-conversation'

interface ApiDeps {
  readonly useCases: UseCases
  readonly reader: Reader
  readonly presence: Presence
  readonly secrets: Secrets
}

const principal = { kind: 'client', id: 'crm', name: 'CRM', scopes: allScopes, expiresAt: instant(Number.MAX_SAFE_INTEGER) } as const

export function createApi(deps: ApiDeps): Api {
  const handlers: Readonly<Record<ApiOperation, (call: never) => Promise<AnyAnswer>>> = {
    'send-to-contact': sendToContact(deps),
    'cancel-proactive': cancelProactive(deps),
    'update-conversation': updateConversation(deps),
  }
  return {
    call({ operation, params, body, key }) {
      const path = `/${operation}/${Object.values(params).join('/')}`
      const idempotency = key === undefined ? {} : { idempotency: bindIdempotency(deps.secrets, key, { principal, operationId: operation, method: 'POST', path, body }) }
      const call = { principal, params, body, query: {}, path, ...idempotency }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- these handlers read what was checked, never the request it came in
      return handlers[operation](call as never)
    },
  }
}
