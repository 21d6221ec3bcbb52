import type { Figures, JobOptions } from '../load/run-job.ts'
import { runJob } from '../load/run-job.ts'
import type { RunningSystem } from '../systems/system.ts'
import type { SystemName } from '../systems/system-named.ts'
import { systemNamed } from '../systems/system-named.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant, Pace } from './scenario.ts'

export interface JobPlan {
  readonly job: string
  readonly options: (pace: Pace) => JobOptions
}

export function systemUnderJob(name: SystemName, { job, options }: JobPlan): Contestant {
  return freshSystem(name, ({ target }, pace) => runJob({ job, target, options: options(pace) }))
}

/** A system started afresh on an empty folder for each run. */
export function freshSystem(name: SystemName, measure: (running: RunningSystem, pace: Pace) => Promise<Figures>): Contestant {
  const system = systemNamed(name)
  return {
    name,
    label: system.label,
    run: async (pace) => {
      using folder = temporaryFolder()
      await using running = await system.start(folder.path)
      return await measure(running, pace)
    },
  }
}
