import type { Result } from '../run/run-cases.ts'

export interface Tally {
  readonly ok: number
  readonly failed: number
  readonly notApplicable: number
  readonly needsBackend: number
}

export function tallyOf(results: readonly Result[]): Tally {
  const count = (status: Result['verdict']['status']): number => results.filter(({ verdict }) => verdict.status === status).length
  return { ok: count('ok'), failed: count('failed'), notApplicable: count('notApplicable'), needsBackend: count('needsBackend') }
}

export function tallyInWords({ ok, failed, notApplicable, needsBackend }: Tally): string {
  return `${ok} ok, ${failed} failed, ${notApplicable} not applicable, ${needsBackend} in need of a backend`
}
