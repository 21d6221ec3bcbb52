import type { ProactiveId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { stepProactive } from '../../domain/proactive/transitions.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import { ok, refuse } from '../../domain/result.ts'
import { policyFaults } from '../../domain/sending/policy.ts'
import { eventAbout, messageExpiry, sendTimer } from '../carry-out.ts'
import { decideOnProactive, type ProactiveDeps } from '../decide-on-proactive.ts'
import { noChanges, type Idempotency, type Outcome } from '../transact-once.ts'

export interface RescheduleProactive {
  readonly id: ProactiveId
  readonly sendAt?: Instant
  readonly expiresAt?: Instant
  readonly idempotency?: Idempotency
}

/** Moves a scheduled message. Refuses with `not_found`, `already_sent`, `invalid_request`. */
export function createRescheduleProactive(deps: ProactiveDeps) {
  return (command: RescheduleProactive): Promise<Outcome<ProactiveMessage>> =>
    decideOnProactive(deps, command, (message, now) => {
      const stepped = stepProactive(message, 'reschedule', now)
      if (!stepped) return { result: refuse({ code: 'already_sent', status: message.status }), changes: noChanges }
      const policy = { ...message.policy, ...times(command) }
      const faults = policyFaults(policy, now).map((fault) => ({ ...fault, pointer: fault.pointer.replace('/policy', '') }))
      if (faults.length > 0) return { result: refuse({ code: 'invalid_request', faults }), changes: noChanges }
      const moved = { ...stepped, policy }
      return { result: ok(moved), changes: [{ kind: 'put-proactive', proactive: moved }, { kind: 'put-timer', timer: sendTimer(moved, policy.sendAt ?? now) }, ...messageExpiry(moved), eventAbout('proactive.rescheduled', moved, now)] }
    })
}

function times({ sendAt, expiresAt }: RescheduleProactive): Pick<RescheduleProactive, 'sendAt' | 'expiresAt'> {
  return { ...(sendAt === undefined ? {} : { sendAt }), ...(expiresAt === undefined ? {} : { expiresAt }) }
}
