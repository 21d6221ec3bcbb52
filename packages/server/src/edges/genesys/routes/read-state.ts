import type { RefusedHere } from '../../shared/operation/operation-call.ts'
import { invalidValue, missing } from '../refusing/refused.ts'

const states = ['disconnected', 'connected'] as const
export type WishedState = (typeof states)[number]

/** What a PATCH is to make of a leg. `sent` is the body as it came: undefined when the program passed it in the wrong place. */
export function readState({ state }: { readonly state?: string }, sent: unknown): { readonly ok: true; readonly value: WishedState } | RefusedHere {
  if (state === undefined) return missing('state', { body: sent, example: '{"state":"disconnected"}', code: 'communication.state.required' })
  const wished = states.find((one) => one === state)
  return wished ? { ok: true, value: wished } : invalidValue('state', `cannot be "${state.slice(0, 80)}": allowed are ${states.join(' and ')}`, states)
}
