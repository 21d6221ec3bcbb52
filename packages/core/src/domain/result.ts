import type { Noun, Refusal } from './refusal.ts'

/** The outcome of anything the rules may say no to. A refusal is a value; only bugs and outages are thrown. */
export type Result<T, R = Refusal> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal }
}

/** The address leads nowhere. */
export function notFound(noun: Noun, id: string): { readonly ok: false; readonly refusal: Refusal } {
  return refuse({ code: 'not_found', noun, id })
}
