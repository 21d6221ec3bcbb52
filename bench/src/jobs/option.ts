import type { JobOptions } from '../load/run-job.ts'
import { must } from '../must.ts'

export function option(options: JobOptions, name: string): number {
  return must(options[name], `option ${name}`)
}
