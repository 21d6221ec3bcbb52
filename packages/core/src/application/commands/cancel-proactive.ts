import type { ProactiveId } from '../../domain/ids.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import { ok } from '../../domain/result.ts'
import type { Change } from '../../ports/store.ts'
import { recall } from '../carry-out.ts'
import { decideOnProactive, type ProactiveDeps } from '../decide-on-proactive.ts'
import type { Outcome } from '../transact-once.ts'

/** Takes a message back while nobody has got it; afterwards, answers with what became of it. Refuses with `not_found`. */
export function createCancelProactive(deps: ProactiveDeps) {
  return (command: { readonly id: ProactiveId; readonly reason?: string }): Promise<Outcome<ProactiveMessage>> =>
    decideOnProactive(deps, { id: command.id }, (message, now) => {
      const changes = recall(message, 'cancel', now, command.reason)
      return { result: ok(stored(changes) ?? message), changes }
    })
}

function stored(changes: readonly Change[]): ProactiveMessage | undefined {
  return changes.map((one) => (one.kind === 'put-proactive' ? one.proactive : undefined)).find((one) => one !== undefined)
}
