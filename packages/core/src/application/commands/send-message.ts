import type { Actor, Saying } from '../../domain/entry/entry.ts'
import type { EntryId, ProactiveId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deferral, Plan } from '../../domain/sending/plan.ts'
import { policyFaults, type SendPolicy } from '../../domain/sending/policy.ts'
import type { Clock } from '../../ports/clock.ts'
import type { IdSource } from '../../ports/id-source.ts'
import type { Presence } from '../../ports/presence.ts'
import type { Decision, Found, Store } from '../../ports/store.ts'
import { attachedTo, attachmentNeed, takeFiles } from '../attach-files.ts'
import { carryOut } from '../carry-out.ts'
import { planFor, sendNeed } from '../plan-for.ts'
import { resolveAddress, type Address } from '../resolve-address.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface SendMessage {
  readonly address: Address
  readonly saying: Saying
  readonly from: Actor
  readonly proactive: boolean
  readonly policy: SendPolicy
  /** Answer with the plan and change nothing. */
  readonly dryRun?: boolean
  readonly idempotency?: Idempotency
}

export interface SendDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly presence: Presence
}

/** What came of a send: the message with its deliveries, and for how long it waits if it does. */
export interface Sent {
  readonly message: Omit<ProactiveMessage, 'id' | 'messageId'> & { readonly id?: ProactiveId; readonly messageId?: EntryId }
  readonly defer?: Deferral
}

/**
 * The one send of every spelling: resolve the address, plan, and commit the entry, the conversation's change, the
 * record and the events together. Refuses with `not_found`, `erased`, `invalid_request`, `attachment_refused`, and whatever the plan refuses.
 */
export function createSendMessage(deps: SendDeps) {
  return async (command: SendMessage): Promise<Outcome<Sent>> => {
    const faults = policyFaults(command.policy, deps.clock.now())
    if (faults.length === 0) return attempt(deps, command)
    // What was accepted in time and is asked for again later, for want of the answer, is not at fault: the answer is remembered.
    return transactOnce(deps, {}, command.idempotency, () => ({ result: refuse({ code: 'invalid_request', faults }), changes: noChanges }))
  }
}

async function attempt(deps: SendDeps, command: SendMessage): Promise<Outcome<Sent>> {
  const addressed = await resolveAddress(deps.store, command.address)
  if (!addressed.ok) return addressed
  const need = { ...sendNeed(addressed.value, command.policy), ...attachmentNeed(command.saying) }
  const sent = await transactOnce(deps, need, command.idempotency, (found) => decide(deps, command, found))
  // Whoever became another contact between the look and the commit is found there the next time.
  const hasMoved = !sent.ok && sent.refusal.code === 'not_found' && (await deps.store.contact(addressed.value.contactId))?.mergedInto !== undefined
  return hasMoved ? attempt(deps, command) : sent
}

function decide(deps: SendDeps, command: SendMessage, found: Found): Decision<Result<Sent>> {
  const now = deps.clock.now()
  const contactId = found.contact?.id
  const connections = contactId ? deps.presence.connections(contactId) : 0
  const planned = planFor(found, { policy: command.policy, now, connections, address: Object.values(command.address).join(' ') })
  if (!planned.ok) return { result: planned, changes: noChanges }
  const defer = planned.value.defer
  const taken = takeFiles(found, command.saying, { contactId: must(contactId, 'planned for a contact'), by: 'business', now })
  if (!taken.ok) return { result: taken, changes: noChanges }
  const { saying, files } = taken.value
  if (command.dryRun) return { result: ok(preview({ ...command, saying }, planned.value, found, now)), changes: noChanges }
  const { message, changes } = carryOut(deps.ids, { ...command, saying }, { plan: planned.value, found, now })
  const { messageId, conversationId } = message
  const attached = attachedTo({ id: messageId, ...(conversationId === undefined ? {} : { conversationId }) }, files, now)
  return { result: ok({ message, ...(defer ? { defer } : {}) }), changes: [...changes, ...attached] }
}

function preview(command: SendMessage, planned: Plan, found: Found, now: Instant): Sent {
  const thread = planned.does === 'append' || planned.does === 'reopen' ? found.latestConversation?.id : undefined
  return {
    message: {
      contactId: must(found.contact, 'planned for a contact').id,
      ...(thread === undefined ? {} : { conversationId: thread }),
      proactive: command.proactive,
      saying: command.saying,
      from: command.from,
      policy: command.policy,
      status: planned.defer ? 'scheduled' : 'sent',
      found: planned.found,
      did: planned.does,
      deliveries: planned.deliveries,
      timeline: [],
      createdAt: now,
      version: 0,
    },
    ...(planned.defer ? { defer: planned.defer } : {}),
  }
}
