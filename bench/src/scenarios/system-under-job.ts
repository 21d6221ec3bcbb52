import type { JobOptions } from '../load/run-job.ts'
import { runJob } from '../load/run-job.ts'
import type { SystemName } from '../systems/system-named.ts'
import { systemNamed } from '../systems/system-named.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant, Pace } from './scenario.ts'

export interface JobPlan {
  readonly job: string
  readonly options: (pace: Pace) => JobOptions
}

/** A system started afresh on an empty folder for each run. */
export function systemUnderJob(name: SystemName, { job, options }: JobPlan): Contestant {
  const system = systemNamed(name)
  return {
    name,
    label: system.label,
    run: async (pace) => {
      using folder = temporaryFolder()
      await using running = await system.start(folder.path)
      return await runJob({ job, target: running.target, options: options(pace) })
    },
  }
}
