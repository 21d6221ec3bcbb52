import { once } from 'node:events'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ConversationRef } from './layouts.ts'
import { layoutNamed } from './layouts.ts'
import type { NewMessage, Pragmas } from './writer.ts'
import { createWriter, must } from './writer.ts'

export interface WorkerWriter extends AsyncDisposable {
  commit(batch: readonly NewMessage[]): Promise<void>
}

interface WorkerTask {
  readonly path: string
  readonly layout: string
  readonly conversations: readonly ConversationRef[]
  readonly pragmas: Pragmas
}

/** The same writer behind `postMessage`: a batch goes over as plain objects, its number comes back once it is durable. */
export async function createWorkerWriter(task: WorkerTask): Promise<WorkerWriter> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task })
  await once(worker, 'message')
  const waiting: (() => void)[] = []
  worker.on('message', () => { waiting.shift()?.() })
  return {
    commit: (batch) => new Promise((resolve) => {
      waiting.push(resolve)
      worker.postMessage(batch)
    }),
    [Symbol.asyncDispose]: async () => { await worker.terminate() },
  }
}

function serve(task: WorkerTask): void {
  const port = must(parentPort)
  const writer = createWriter(task.path, layoutNamed(task.layout), task.conversations, task.pragmas)
  port.on('message', (batch: NewMessage[]) => {
    writer.commit(batch)
    port.postMessage(batch.length)
  })
  port.postMessage('ready')
}

const task: unknown = workerData
if (!isMainThread) serve(task as WorkerTask) // oxlint-disable-line typescript/no-unsafe-type-assertion -- only the other side of this file starts it as a worker, with such a task
