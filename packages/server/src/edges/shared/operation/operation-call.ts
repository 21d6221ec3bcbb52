import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Idempotency, Refusal } from '@beckon/core'
import type { Operation, OperationId, operations, RequestOfRow, ResponseOfRow } from '@beckon/protocol'
import type { ProblemDraft } from '../http-refused.ts'
import type { Principal } from '../principal.ts'

/** A call that was let in: who asks, what for, all of it checked against the row's schemas. */
export interface CallOf<O extends Operation> extends RequestOfRow<O> {
  readonly principal: PrincipalOf<O>
  /** Absent without an `Idempotency-Key`, and for operations that do not take one. */
  readonly idempotency?: Idempotency
  /** From `If-Match`. */
  readonly ifVersion?: number
  /** The path as called, without the query. */
  readonly path: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Call<K extends OperationId> = CallOf<(typeof operations)[K]>

type PrincipalOf<O extends Operation> = O['auth'] extends 'bearer' | 'agent' ? Principal : undefined

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

/** An answer of this row: which bodies go with which status is settled where it is made. */
export type AnswerOf<O extends Operation> = AnyAnswer & ((ResponseOfRow<O> & AnswerExtras) | Refused | RefusedHere | Hijacked)

export type Answer<K extends OperationId> = AnswerOf<(typeof operations)[K]>

export type HandlerOf<O extends Operation> = (call: CallOf<O>) => Promise<AnswerOf<O>>

export type Handler<K extends OperationId> = HandlerOf<(typeof operations)[K]>
