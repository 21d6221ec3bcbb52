import type { UseCases } from '@beckon/core'
import { createWorker } from '../worker/worker.ts'
import type { Adapters } from './adapters.ts'

interface WorkerNeeds extends Adapters {
  readonly useCases: Pick<UseCases, 'keepAppointment'>
}

export interface StartedWorker extends AsyncDisposable {
  /** Rejects when the worker broke; never resolves. */
  readonly broken: Promise<never>
}

export function startWorker({ store, useCases, clock, timers, bus, log, metrics }: WorkerNeeds): StartedWorker {
  const stopped = new AbortController()
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => undefined)
  const worker = createWorker({
    store, keepAppointment: useCases.keepAppointment, clock, timers, bus, log,
    kept: (timer, outcome, lag) => metrics.appointment(timer.job.kind, outcome, lag / 1000),
  })
  const run = worker.run(stopped.signal).catch((error: unknown) => {
    log.fatal({ err: error }, 'the worker broke')
    broken.reject(error)
  })
  return {
    broken: broken.promise,
    async [Symbol.asyncDispose]() {
      stopped.abort()
      await run
    },
  }
}
