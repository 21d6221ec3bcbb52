import type { WebSocket } from 'ws'
import type { Case } from './case.ts'
import { Failed, NeedsBackend, NotApplicable, type Verdict } from './verdict.ts'
import { createWorld, type Target } from './world.ts'

/** Asks one sentence of the server. Whatever the case looks at, every frame that came meanwhile is checked as well. */
export async function runCase({ run }: Case, target: Target): Promise<Verdict> {
  const watch = { problems: [] as string[], sockets: new Set<WebSocket>(), patience: target.patience }
  const verdict = await verdictOf(run(createWorld(target, watch)))
  for (const socket of watch.sockets) socket.terminate()
  if (watch.problems.length === 0) return verdict
  const came = verdict.status === 'failed' ? verdict.came : []
  return { status: 'failed', came: [...came, ...new Set(watch.problems)] }
}

async function verdictOf(running: Promise<void>): Promise<Verdict> {
  try {
    await running
    return { status: 'ok' }
  } catch (error) {
    if (error instanceof NotApplicable) return { status: 'notApplicable', reason: error.message }
    if (error instanceof NeedsBackend) return { status: 'needsBackend' }
    // Whatever else is thrown came of the server as well: a refused connection, a body that is not JSON.
    return { status: 'failed', came: [error instanceof Failed ? error.message : String(error)] }
  }
}
