import type { TObject, TSchema } from 'typebox'
import type { ProblemCode } from '../errors.ts'
import type { ScopeName } from '../scopes.ts'
import type { Wire } from '../wire.ts'

/**
 * Who may call an operation:
 * `none` anyone · `client` an OAuth client's own credentials (Basic or body) · `bearer` an access token, or the desk's
 * cookie with the scopes of its agent's role · `agent` the desk's cookie only · `guest-jwt` the short-lived token of `getJwt`.
 */
export type Auth = 'none' | 'client' | 'bearer' | 'agent' | 'guest-jwt'

/** Narrows which scopes suffice, by the body: the first rule that matches counts. */
export interface ScopeRule {
  readonly when: {
    readonly field: string
    readonly equals?: string
    /** Other names of the field that count as it does, and other words for the value. */
    readonly alsoFields?: readonly string[]
    readonly alsoEquals?: readonly string[]
  }
  readonly scopes: readonly ScopeName[]
}

/** One call with its answer, as the documentation shows it. Ids are made up. */
export interface OperationExample {
  readonly summary: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly status: number
  /** Absent where the answer has no body. */
  readonly answer?: unknown
}

/** One row of the API: validation, types, authorization, OpenAPI and SDK are all read from it. */
export interface Operation {
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** In OpenAPI's spelling: `/contacts/{contactId}`. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly [Tag]
  readonly auth: Auth
  /** Any one of them suffices, unless a rule narrows them; none listed: none needed. */
  readonly scopes: readonly ScopeName[]
  readonly scopeRules?: readonly ScopeRule[]
  /** All are text. One that fails its schema is `not_found`. */
  readonly params?: TObject
  /** Text on the wire: convert to the schema's types before checking. */
  readonly query?: TObject
  /** An absent body counts as `{}`. */
  readonly body?: TSchema
  /** Media type of the body; JSON unless said. */
  readonly consumes?: 'application/x-www-form-urlencoded'
  /** Media type of the answers; JSON unless said. */
  readonly produces?: 'text/plain' | 'text/event-stream'
  /** The answers that are not refusals, by status; null for no body. */
  readonly responses: Readonly<Record<number, TSchema | null>>
  /** Accepts `Idempotency-Key`. */
  readonly idempotent: boolean
  /** Answers carry an `ETag`. */
  readonly etag?: true
  /** Honours `If-Match`; `required`: refuses without it. */
  readonly ifMatch?: 'optional' | 'required'
  /** Refusals of its own, beside those that follow from the row (`refusalsOf`). */
  readonly refusals?: readonly ProblemCode[]
  readonly examples: readonly OperationExample[]
}

export type Tag =
  | 'Tokens' | 'Sessions' | 'Conversations' | 'Sending' | 'Proactive messages' | 'Contacts' | 'Events'
  | 'Attachments' | 'Deployments' | 'Clients' | 'Agents' | 'Guest' | 'Operations' | 'Spellings of the field' | 'Genesys Cloud'

/** Checks a row against `Operation` while keeping its exact type. */
export function defineOperation<const O extends Operation>(operation: O): O {
  return operation
}

/** What a call of a row carries, once checked against its schemas; a part that the row does not have is undefined. */
export interface RequestOfRow<O extends Operation> {
  readonly params: Part<O, 'params'>
  readonly query: Part<O, 'query'>
  readonly body: Part<O, 'body'>
}

/** Every answer of a row that is not a refusal: its status with the body of that status. */
export type ResponseOfRow<O extends Operation> = {
  [S in keyof O['responses'] & number]: AnswerOfRow<S, O['responses'][S]>
}[keyof O['responses'] & number]

type Part<O, P extends 'params' | 'query' | 'body'> = O extends Readonly<Record<P, infer S extends TSchema>> ? Wire<S> : undefined

type AnswerOfRow<Status, Body> = Body extends TSchema
  ? { readonly status: Status; readonly body: Wire<Body> }
  : { readonly status: Status; readonly body?: undefined }

/** The scopes of which one is needed for this call: the first rule that matches the body, else all that the operation names. */
export function scopesFor(operation: Operation, body: unknown): readonly ScopeName[] {
  const rule = operation.scopeRules?.find(({ when }) => {
    const { field, equals, alsoFields = [], alsoEquals = [] } = when
    const said = [field, ...alsoFields].map((name) => fieldOf(body, name)).filter((value) => value !== undefined)
    return said.some((value) => equals === undefined || [equals, ...alsoEquals].some((one) => one === value))
  })
  return rule?.scopes ?? operation.scopes
}

function fieldOf(body: unknown, field: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined
  return Object.getOwnPropertyDescriptor(body, field)?.value
}
