import type { ContactId } from '../../domain/ids.ts'
import { refuse, type Result } from '../../domain/result.ts'
import type { Plan } from '../../domain/sending/plan.ts'
import { policyFaults, type SendPolicy } from '../../domain/sending/policy.ts'
import type { SendDeps } from '../commands/send-message.ts'
import { planFor, sendNeed } from '../plan-for.ts'
import { followMerge } from '../resolve-address.ts'
import { noChanges } from '../transact-once.ts'

/** What a send would do now, by the same plan that a send follows. Refuses as the send would. */
export function createGetReachability({ store, clock, presence }: Omit<SendDeps, 'ids'>) {
  return async ({ contactId: address, policy }: { readonly contactId: ContactId; readonly policy: SendPolicy }): Promise<Result<Plan>> => {
    const faults = policyFaults(policy, clock.now())
    if (faults.length > 0) return refuse({ code: 'invalid_request', faults })
    const contactId = await followMerge(store, address)
    return store.transact<Result<Plan>>({
      need: sendNeed({ contactId }, {}),
      decide: (found) => ({
        result: planFor(found, { policy, now: clock.now(), connections: presence.connections(contactId), address: contactId }),
        changes: noChanges,
      }),
    })
  }
}
