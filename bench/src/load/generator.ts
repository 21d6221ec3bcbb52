import { once } from 'node:events'
import { jobs } from '../jobs/jobs.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import type { JobRequest } from './run-job.ts'

/** The load generator's process: runs one job against one target and tells its figures. */
const received: readonly unknown[] = await once(process, 'message')
const { job, target, options } = parseJson<JobRequest>(String(received[0]))
const figures = await must(jobs.get(job), `job ${job}`)(target, options)
process.send?.(JSON.stringify(figures))
