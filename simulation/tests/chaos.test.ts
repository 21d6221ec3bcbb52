import { expect, test } from 'vitest'
import { replayCommand, type ChaosOptions } from '../src/chaos/options.ts'
import { renderReport } from '../src/chaos/report/render.ts'
import { runChaos } from '../src/chaos/run-chaos.ts'

const list = (text = ''): readonly string[] => text.split(',').filter((word) => word !== '')
const seed = Number(process.env['BECKON_CHAOS_SEED'] ?? Math.floor(performance.timeOrigin) % 1_000_000)

/** A short version of `npm run chaos`. A machine that cannot have some kind of fault says so and fails; BECKON_CHAOS_WITHOUT leaves it out on purpose. */
const short: ChaosOptions = {
  seed, engine: 'postgres', nodes: 3, faults: Number(process.env['BECKON_CHAOS_FAULTS'] ?? 10),
  without: list(process.env['BECKON_CHAOS_WITHOUT']), only: [], plant: undefined, history: undefined,
}

test(`three nodes keep every promise while everything around them is broken in turn (${replayCommand(short)})`, { timeout: 400_000 }, async ({ annotate }) => {
  const report = await runChaos(short, () => undefined)

  expect(report.violations).toEqual([])
  expect(report.counts.messages).toBeGreaterThan(100)
  await annotate(renderReport(report))
})

test('one node on its embedded database keeps every promise through kills, pauses and a full disk', { timeout: 200_000 }, async ({ annotate }) => {
  const alone: ChaosOptions = { ...short, engine: 'embedded', nodes: 1, faults: 2, without: short.without.filter((kind) => kind === 'fill-disk') }

  const report = await runChaos(alone, () => undefined)

  expect(report.violations).toEqual([])
  await annotate(renderReport(report))
})

test('a database that acknowledges before it has written is found out', { timeout: 300_000 }, async () => {
  const report = await runChaos({ ...short, faults: 2, without: [], only: ['crash-postgres'], plant: 'acknowledge-before-commit' }, () => undefined)

  expect(report.violations).toContainEqual(expect.stringMatching(/^acknowledged-is-durable: .* was acknowledged/))
})
