import { setTimeout as sleep } from 'node:timers/promises'
import type { MeasuredProcess } from '../load/driver.ts'
import type { Figures, JobOptions } from '../load/run-job.ts'
import { openCpuWindow } from './cpu-window.ts'
import { option } from './option.ts'

/** One exchange of a lane; resolves with what it timed. */
export type Step<Sample> = () => Promise<Sample>

export interface LanesRun<Sample> {
  readonly samples: readonly Sample[]
  readonly seconds: number
  readonly cpu: Figures
}

/** Each lane takes step after step without a pause. What begins while the lanes warm up, and what ends after the window, is not counted. */
export async function runLanes<Sample>(lanes: readonly Step<Sample>[], options: JobOptions, processes: readonly MeasuredProcess[]): Promise<LanesRun<Sample>> {
  const samples: Sample[] = []
  const window = { isMeasuring: false, isOver: false }
  const run = async (step: Step<Sample>): Promise<void> => {
    while (!window.isOver) {
      const sample = await step()
      if (window.isMeasuring) samples.push(sample)
    }
  }
  const running = Promise.all(lanes.map(run))
  const measured = async (): Promise<LanesRun<Sample>> => {
    await sleep(option(options, 'warmupMillis'))
    window.isMeasuring = true
    const cpu = openCpuWindow(processes)
    const start = performance.now()
    await sleep(option(options, 'measureMillis'))
    window.isMeasuring = false
    window.isOver = true
    return { samples, seconds: (performance.now() - start) / 1000, cpu: cpu.perMessage(samples.length) }
  }
  const [result] = await Promise.all([measured(), running])
  return result
}
