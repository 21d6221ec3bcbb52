import type { Case } from './case.ts'
import { runCase } from './run-case.ts'
import type { Verdict } from './verdict.ts'
import type { Target } from './world.ts'

export interface Result {
  readonly section: string
  readonly says: string
  readonly verdict: Verdict
}

// Cases that wait for an expiry or a rate must not hold up the others; the limits asked about count per session.
const AT_ONCE = 6

/** Runs the cases, some at once, and answers in their order. */
export async function runCases(cases: readonly Case[], target: Target): Promise<readonly Result[]> {
  const results = new Map<Case, Result>()
  const waiting = [...cases]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next, { section: next.section, says: next.says, verdict: await runCase(next, target) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return cases.flatMap((one) => results.get(one) ?? [])
}
