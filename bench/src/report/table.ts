import type { Metric, Scenario } from '../scenarios/scenario.ts'
import type { Results, Row, ScenarioResult } from './results.ts'
import type { Verdict } from './targets.ts'

/** The results as Markdown: the targets first, then every scenario with its ratios to the baseline. */
export function renderTable(results: Results, verdicts: readonly Verdict[], scenarios: readonly Scenario[]): string {
  const machine = Object.entries(results.machine).map(([name, value]) => `${name}: ${value}`).join(' · ')
  const parts = [
    '# Bench results',
    `Measured ${results.measuredAt}, ${results.pace} pace, medians of ${results.rounds} interleaved rounds. ${machine}.`,
    'Only ratios within one run mean anything; see [README](../README.md) for what is measured and how.',
    ...(verdicts.length > 0 ? ['## Targets', renderVerdicts(verdicts)] : []),
    ...results.scenarios.flatMap((result) => {
      const scenario = scenarios.find(({ name }) => name === result.name)
      return scenario === undefined ? [] : [`## ${result.title}`, renderScenario(result, scenario)]
    }),
  ]
  return `${parts.join('\n\n')}\n`
}

export function renderScenario({ rows, leftOut }: ScenarioResult, { metrics: all, baseline }: Scenario): string {
  // A column that no row has a figure for says nothing.
  const metrics = all.filter(({ key }) => rows.some(({ figures }) => figures[key] !== undefined))
  const main = metrics[0]
  const base = rows.find(({ name }) => name === baseline)
  const hasRatio = main !== undefined && base !== undefined && rows.length > 1
  const head = ['', ...metrics.map(({ label }) => label), ...(hasRatio ? [`${main.label} against ${base.label}`] : [])]
  const body = rows.map((row) => [
    row.label,
    ...metrics.map((metric) => cell(row, metric)),
    ...(hasRatio ? [`${ratio(row, base, main).toFixed(2)} ×`] : []),
  ])
  return [...(rows.length > 0 ? [markdown(head, body)] : []), ...leftOut.map((reason) => `Left out: ${reason}`)].join('\n\n')
}

function renderVerdicts(verdicts: readonly Verdict[]): string {
  return markdown(['figure', 'found', 'first target', 'later', 'first target is'], verdicts.map(({ target, found, reached }) => {
    const sign = target.bound === 'atLeast' ? '≥' : '≤'
    return [target.figure, `${readable(found)}${target.unit}`, `${sign} ${readable(target.first)}${target.unit}`,
      `${sign} ${readable(target.later)}${target.unit}`, reached >= 1 ? 'reached' : 'not reached']
  }))
}

function cell({ figures }: Row, { key, digits }: Metric): string {
  const value = figures[key]
  return value === undefined || Number.isNaN(value) ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function ratio(row: Row, base: Row, { key }: Metric): number {
  return (row.figures[key] ?? Number.NaN) / (base.figures[key] ?? Number.NaN)
}

export function readable(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 })
}

function markdown(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...body.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string => `| ${row.map((text, column) => pad(text, widths[column] ?? 0, column)).join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...body.map(line)].join('\n')
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width)
}
