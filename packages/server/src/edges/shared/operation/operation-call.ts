import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Idempotency, Refusal } from '@beckon/core'
import type { OperationId, operations, RequestOf, ResponseOf } from '@beckon/protocol'
import type { ProblemDraft } from '../http-refused.ts'
import type { Principal } from '../principal.ts'

/** A call that was let in: who asks, what for, all of it checked against the operation's schemas. */
export interface Call<K extends OperationId> extends RequestOf<K> {
  readonly principal: PrincipalOf<K>
  /** Absent without an `Idempotency-Key`, and for operations that do not take one. */
  readonly idempotency?: Idempotency
  /** From `If-Match`. */
  readonly ifVersion?: number
  /** The path as called, without the query. */
  readonly path: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type PrincipalOf<K extends OperationId> = (typeof operations)[K]['auth'] extends 'bearer' | 'agent' ? Principal : undefined

export interface AnswerExtras {
  /** The entity tag, quotes included. */
  readonly etag?: string
  /** The remembered answer of an earlier, identical request. */
  readonly replayed?: true | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Handlers that write to the socket themselves say so. */
export interface Hijacked {
  readonly hijacked: true
}

export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** A refusal that only HTTP knows: a wrong password, a rate. */
export interface RefusedHere {
  readonly ok: false
  readonly draft: ProblemDraft
}

/** An answer of whatever operation. */
export type AnyAnswer = ({ readonly status: number; readonly body?: unknown } & AnswerExtras) | Refused | RefusedHere | Hijacked

/** An answer of this operation: which bodies go with which status is settled where it is made. */
export type Answer<K extends OperationId> = AnyAnswer & ((ResponseOf<K> & AnswerExtras) | Refused | RefusedHere | Hijacked)

export type Handler<K extends OperationId> = (call: Call<K>) => Promise<Answer<K>>
