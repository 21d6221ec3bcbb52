import type { Instant } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import { notFound, type Result } from '../domain/result.ts'
import { plan, type Plan } from '../domain/sending/plan.ts'
import { resolvePolicy, type SendPolicy } from '../domain/sending/policy.ts'
import type { Found, Need } from '../ports/store.ts'
import type { Addressed } from './resolve-address.ts'

/** What a plan looks at, whoever asks for it. */
export function sendNeed({ contactId }: Addressed, policy: SendPolicy): Need {
  return {
    contactId,
    latestConversation: true,
    latestSession: true,
    ...(policy.supersedeKey === undefined ? {} : { pendingMessages: { kind: 'superseded', supersedeKey: policy.supersedeKey } }),
  }
}

/** The plan for what was found. */
export function planFor(
  found: Found,
  given: { readonly policy: SendPolicy; readonly now: Instant; readonly connections: number; readonly address: string },
): Result<Plan> {
  if (!found.contact || found.contact.mergedInto !== undefined) return notFound('contact', given.address)
  const deployment = must(found.deployment, 'a contact belongs to a deployment')
  return plan({
    contact: found.contact,
    deployment,
    // A conversation is an address of its person: the message goes where they are, which is their latest.
    conversation: found.latestConversation,
    session: found.latestSession,
    reach: { connections: given.connections },
    policy: resolvePolicy(given.policy, deployment),
    now: given.now,
  })
}
