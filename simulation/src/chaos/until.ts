import { setTimeout as pause } from 'node:timers/promises'

export interface Patience {
  readonly limitMs: number
  /** Between two questions. */
  readonly everyMs: number
}

/** It did not come so in time. */
export class WaitedInVain extends Error {
  override readonly name = 'WaitedInVain'
}

/**
 * Real processes tell nobody when they have come so far, so they are asked again and again: here, and nowhere else in a run. Rejects
 * with `WaitedInVain`, which says for what, when it takes longer than the limit.
 */
export async function until(isSo: () => boolean | Promise<boolean>, { limitMs, everyMs }: Patience, waitedFor: () => string): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await isSo())) {
    if (performance.now() >= deadline) throw new WaitedInVain(`waited ${String(limitMs)} ms for ${waitedFor()}`)
    await pause(everyMs)
  }
}
