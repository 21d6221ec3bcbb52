import type { Result } from '../run/run-cases.ts'
import type { Verdict } from '../run/verdict.ts'
import { tallyInWords, tallyOf } from './tally.ts'

/** For people at a terminal: a line for each sentence, and below it what came instead. */
export function renderText(results: readonly Result[]): string {
  return [...results.map(renderResult), '', tallyInWords(tallyOf(results))].join('\n')
}

const marks: Readonly<Record<Verdict['status'], string>> = { ok: 'ok     ', failed: 'FAILED ', notApplicable: 'n/a    ', needsBackend: 'backend' }

function renderResult({ section, says, verdict }: Result): string {
  return [`${marks[verdict.status]}  §${section.padEnd(5)} ${says}`, ...detailsOf(verdict).map((line) => `                 ${line}`)].join('\n')
}

function detailsOf(verdict: Verdict): readonly string[] {
  if (verdict.status === 'failed') return verdict.came
  if (verdict.status === 'notApplicable') return [verdict.reason]
  return verdict.status === 'needsBackend' ? ['needs a backend: name --client-id and --client-secret'] : []
}
