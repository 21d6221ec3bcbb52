import type { Results } from './results.ts'
import { readable } from './table.ts'
import type { Verdict } from './targets.ts'

/**
 * One bar per target: how far it is reached, so that longer is always better and the line at 1 is the promise. The scale is
 * logarithmic between a quarter and eight times the target; what lies beyond is cut there and told by its number.
 */

const WIDTH = 980
const LABEL_WIDTH = 390
const BAR_LEFT = LABEL_WIDTH + 10
const BAR_WIDTH = 330
const ROW_HEIGHT = 26
const TOP = 78
const LEAST = 1 / 4
const MOST = 8
const TICKS: readonly (readonly [number, string])[] = [[0.25, '¼'], [0.5, '½'], [1, '1 = target'], [2, '2'], [4, '4'], [8, '8']]

export function renderPlot(results: Results, verdicts: readonly Verdict[]): string {
  const height = TOP + verdicts.length * ROW_HEIGHT + 46
  const bottom = TOP + verdicts.length * ROW_HEIGHT
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">How far each speed target is reached</title>
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .head { font-size: 18px; font-weight: 600 } .quiet { fill: #6b7280; font-size: 12px }
  .grid { stroke: #e5e7eb } .promise { stroke: #111827; stroke-width: 1.5 }
  .met { fill: #0f766e } .missed { fill: #c2410c }
</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="28" class="head">How far each speed target is reached</text>
<text x="16" y="47" class="quiet">found ÷ promised, turned so that longer is better; ${escape(results.pace)} pace, medians of ${results.rounds} rounds, ${escape(results.measuredAt.slice(0, 10))}</text>
${TICKS.map((tick) => renderTick(tick, bottom)).join('\n')}
${verdicts.map(renderBar).join('\n')}
<text x="16" y="${height - 14}" class="quiet">green: reached · orange: not reached · right: found, and the target</text>
</svg>
`
}

function renderTick([value, label]: readonly [number, string], bottom: number): string {
  const x = position(value)
  return `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}" class="${value === 1 ? 'promise' : 'grid'}"/>
<text x="${x}" y="${TOP - 13}" text-anchor="middle" class="quiet">${label}</text>`
}

function renderBar({ target, found, reached }: Verdict, row: number): string {
  const y = TOP + row * ROW_HEIGHT
  const sign = target.bound === 'atLeast' ? '≥' : '≤'
  const width = Math.max(2, position(reached) - BAR_LEFT)
  return `<text x="${LABEL_WIDTH}" y="${y + 17}" text-anchor="end">${escape(target.figure)}</text>
<rect x="${BAR_LEFT}" y="${y + 4}" width="${width.toFixed(1)}" height="${ROW_HEIGHT - 9}" rx="2" class="${reached >= 1 ? 'met' : 'missed'}"/>
<text x="${BAR_LEFT + BAR_WIDTH + 14}" y="${y + 17}">${escape(`${readable(found)}${target.unit}`)} <tspan class="quiet">(${escape(`${sign} ${readable(target.first)}${target.unit}`)})</tspan></text>`
}

function position(value: number): number {
  const clamped = Math.min(MOST, Math.max(LEAST, value))
  return BAR_LEFT + (Math.log2(clamped / LEAST) / Math.log2(MOST / LEAST)) * BAR_WIDTH
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
