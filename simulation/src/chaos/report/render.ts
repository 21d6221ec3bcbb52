import { replayCommand } from '../options.ts'
import type { ChaosReport, Latencies, Longest } from './report.ts'

const ms = (value: number): string => (Number.isNaN(value) ? '–' : value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`)

/** The report as it is printed, and as it stands in the docs: Markdown. */
export function renderReport(report: ChaosReport): string {
  const { options, counts, violations } = report
  return [
    `${report.faults.reduce((sum, { count }) => sum + count, 0)} faults in ${counts.seconds} s, seed ${options.seed}; again with \`${replayCommand(options)}\``,
    '',
    '| fault | times | longest call of a backend: worst, median | longest message of a guest: worst, median | retries used up |',
    '|---|---|---|---|---|',
    ...report.faults.map(({ kind, count, backend, guest, givenUp }) => `| ${kind} | ${count} | ${both(backend)} | ${both(guest)} | ${givenUp} |`),
    '',
    ...rolling(report),
    `${counts.requests} requests, ${counts.retries} of them repeated, ${counts.unknown} without an answer that told the outcome; ${counts.sockets} sockets; `
    + `${counts.messages} messages in ${counts.entries} entries and ${counts.events} events, ${counts.scheduled} of them scheduled`,
    `${violations.length} violations`,
    ...violations.map((violation) => `  - ${violation}`),
  ].join('\n')
}

const both = ({ worst, median }: Longest): string => `${ms(worst)}, ${ms(median)}`

function rolling({ rollingRestarts }: ChaosReport): readonly string[] {
  if (rollingRestarts === undefined) return []
  const { before, during, after, givenUp } = rollingRestarts
  const row = (when: string, { calls, p50, p99, longest }: Latencies): string => `| ${when} | ${calls} | ${ms(p50)} | ${ms(p99)} | ${ms(longest)} |`
  return [
    '| rolling restart | calls | p50 | p99 | longest |', '|---|---|---|---|---|',
    row('before', before), row('during', during), row('after', after),
    '', `${givenUp} calls failed beyond the documented retries during rolling restarts`, '',
  ]
}
