import type { Plan, Step } from '../plan/step.ts'
import type { Plant } from '../plants/plant.ts'
import { simulate, type Run } from './simulate.ts'

export interface Shrunk {
  readonly run: Run
  /** Which steps of the whole plan are left, by their numbers in it. */
  readonly kept: readonly number[]
}

/** The plan with only these of its steps. Everything else, chance in small things too, stays as it is. */
export function planWith(plan: Plan, kept: readonly number[]): Plan {
  const wanted = new Set(kept)
  return { ...plan, steps: plan.steps.map((step, index): Step => (wanted.has(index) ? step : { at: step.at, does: 'nothing' })) }
}

/**
 * Leaves out steps, large parts first, as long as the same promise is broken without them. What is left breaks it, and
 * leaving out any one step of it does not.
 */
export async function shrink(failed: Run, plant: Plant, onSmaller: (steps: number) => void = () => undefined): Promise<Shrunk> {
  const broken = new Set(failed.violations.map(({ promise }) => promise))
  let kept: readonly number[] = [...failed.plan.steps.keys()]
  let run = failed
  let size = Math.ceil(kept.length / 2)
  while (size >= 1) {
    let hasShrunk = false
    for (let from = 0; from < kept.length; ) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)]
      const tried = await simulate(planWith(failed.plan, fewer), plant)
      if (tried.violations.some(({ promise }) => broken.has(promise))) {
        kept = fewer
        run = tried
        hasShrunk = true
        onSmaller(kept.length)
      } else {
        from += size
      }
    }
    if (!hasShrunk || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return { run, kept }
}
