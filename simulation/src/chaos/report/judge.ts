import { checkHistory } from '../../history/check.ts'
import type { HistoryRecord } from '../../history/record.ts'
import type { Violation } from '../../history/violation.ts'
import type { Tally, Wish } from '../load/tally.ts'
import type { ChaosOptions } from '../options.ts'
import { feltFaults } from './felt-faults.ts'
import { countsOf } from './counts-of.ts'
import type { ChaosReport, StruckFault } from './report.ts'
import { rollingRestarts } from './rolling-restarts.ts'

interface Judged {
  readonly options: ChaosOptions
  readonly struck: readonly StruckFault[]
  readonly history: readonly HistoryRecord[]
  readonly tally: Tally
  /** The last words of nodes that ended without being told to. */
  readonly endedByThemselves: readonly string[]
}

/** What everybody saw, judged: the checker's word, what surprised a caller, and what a rolling restart may not cost. */
export function judge({ options, struck, history, tally, endedByThemselves }: Judged): ChaosReport {
  const rolling = rollingRestarts(struck, tally.wishes)
  return {
    options,
    faults: feltFaults(struck, tally.wishes),
    rollingRestarts: rolling,
    counts: countsOf(history),
    violations: [
      ...checkHistory(history).map(inWords),
      ...tally.surprises,
      ...endedByThemselves.map((words) => `a node ended by itself: ${words}`),
      ...(rolling !== undefined && rolling.givenUp > 0 ? [`${rolling.givenUp} calls failed beyond the documented retries during a rolling restart`] : []),
      ...unfinished(tally.wishes),
    ],
  }
}

const proofShown = 4

function inWords({ promise, what, proof }: Violation): string {
  return [`${promise}: ${what}`, ...proof.slice(0, proofShown).map((record) => `      ${JSON.stringify(record).slice(0, 400)}`)].join('\n')
}

/** A run in which nobody got anything proves nothing. */
function unfinished(wishes: readonly Wish[]): readonly string[] {
  return (['guest', 'backend'] as const).filter((of) => !wishes.some((wish) => wish.of === of)).map((of) => `no ${of} was ever served`)
}
