import type { Outcome } from '../../application/transact-once.ts'
import type { ContactId } from '../../domain/ids.ts'
import { minutes, plus, seconds, type Instant } from '../../domain/instant.ts'
import type { Result } from '../../domain/result.ts'
import type { SendPolicy } from '../../domain/sending/policy.ts'
import type { Timer } from '../../ports/store.ts'
import type { Scenario } from '../scenario.ts'
import type { Step, StepOf, StepPolicy } from './step.ts'

/** What came of a step; undefined where nothing can be refused. */
export type StepOutcome = Result<unknown> | undefined

export interface History {
  readonly at: Scenario
  /** Everybody who was ever here. */
  readonly contactIds: readonly ContactId[]
  take(step: Step): Promise<StepOutcome>
}

type Takers = { readonly [D in Step['do']]: (step: StepOf<D>) => Promise<StepOutcome> }

/** Brings steps about, one after another, on one scenario. */
export function createHistory(at: Scenario): History {
  const contactIds = [at.guest.contact.id]
  const taker: Takers = { ...guestSteps(at, contactIds), ...businessSteps(at), ...workerSteps(at) }
  const take = <D extends Step['do']>(step: StepOf<D>, takers: Pick<Takers, D>, name: D): Promise<StepOutcome> => takers[name](step)
  return { at, contactIds, take: (step) => take(step, taker, step.do) }
}

type GuestStep = 'guestWrites' | 'guestArrives' | 'guestJoins' | 'guestAcknowledges' | 'guestClears' | 'guestComes' | 'guestGoes'

function guestSteps(at: Scenario, contactIds: ContactId[]): Pick<Takers, GuestStep> {
  const whoActs = () => ({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })
  return {
    guestWrites: ({ clientId }) => at.guestWrites('a word of the guest', clientId),
    async guestArrives({ startNew }) {
      const { contact } = await at.guestArrives({ startNew })
      if (!contactIds.includes(contact.id)) contactIds.push(contact.id)
      return undefined
    },
    guestJoins: () => at.useCases.joinAsGuest(whoActs()),
    async guestAcknowledges({ delivered, seen }) {
      const latest = await at.store.latestConversation(at.guest.contact.id)
      return latest && at.guestAcknowledges({ deliveredSeq: delivered, seenSeq: seen })
    },
    guestClears: () => at.useCases.clearConversation(whoActs()),
    guestComes: () => done(() => at.presence.enter(at.guest.contact.id)),
    guestGoes: () => done(() => at.presence.leave(at.guest.contact.id)),
  }
}

type WorkerStep = 'workerIsLate' | 'workerKeepsWhatItClaimed' | 'timePasses'

function businessSteps(at: Scenario): Omit<Takers, GuestStep | WorkerStep> {
  const update = async (which: number, status: 'open' | 'closed'): Promise<StepOutcome> => {
    const { entities } = await at.store.conversations({ size: 10 }, {})
    const conversation = entities[which % Math.max(1, entities.length)]
    return conversation && at.useCases.updateConversation({ conversationId: conversation.id, status, by: { kind: 'agent', id: 'ana', name: 'Ana' } })
  }
  const messageId = async (which: number) => {
    const { entities } = await at.store.proactives({ size: 10 }, {})
    return entities[which % Math.max(1, entities.length)]?.id
  }
  return {
    businessSends: (step) => send(at, step),
    businessCloses: ({ which }) => update(which, 'closed'),
    businessReopens: ({ which }) => update(which, 'open'),
    async businessCancels({ which }) {
      const id = await messageId(which)
      return id && at.useCases.cancelProactive({ id })
    },
    async businessReschedules({ which, sendIn, expiresIn }) {
      const id = await messageId(which)
      return id && at.useCases.rescheduleProactive({ id, ...timesOf({ sendIn, ...(expiresIn === undefined ? {} : { expiresIn }) }, at.clock.now()) })
    },
    businessEndsSession: ({ reason }) => at.useCases.endSession({ sessionId: at.guest.session.id, reason }),
    businessErases: () => at.useCases.eraseContact({ contactId: at.guest.contact.id }),
    contactOptsOut: ({ out }) => at.useCases.updateContact({ contactId: at.guest.contact.id, details: { optedOut: out ? ['marketing'] : [] } }),
    deploymentChanges: ({ do: _, ...settings }) => at.useCases.updateDeployment({ id: at.deploymentId, settings }),
  }
}

function workerSteps(at: Scenario): Pick<Takers, WorkerStep> {
  let claimed: readonly Timer[] = []
  return {
    async workerIsLate(step) {
      at.clock.set(plus(at.clock.now(), minutes(step.minutes)))
      claimed = await at.store.claimTimers(at.clock.now(), seconds(30), 20)
      return undefined
    },
    async workerKeepsWhatItClaimed() {
      for (const timer of claimed) await at.useCases.keepAppointment(timer)
      return undefined
    },
    async timePasses(step) {
      await at.timePasses(minutes(step.minutes))
      return undefined
    },
  }
}

function send(at: Scenario, { policy, proactive, key }: StepOf<'businessSends'>): Promise<Outcome<unknown>> {
  return at.businessSends('a word of the business', {
    policy: policyOf(policy, at.clock.now()),
    proactive,
    ...(key === undefined ? {} : { idempotency: { key, fingerprint: JSON.stringify(policy) } }),
  })
}

export function policyOf({ sendIn, expiresIn, ...policy }: StepPolicy, now: Instant): SendPolicy {
  return { ...policy, ...timesOf({ ...(sendIn === undefined ? {} : { sendIn }), ...(expiresIn === undefined ? {} : { expiresIn }) }, now) }
}

function timesOf({ sendIn, expiresIn }: Pick<StepPolicy, 'sendIn' | 'expiresIn'>, now: Instant): Pick<SendPolicy, 'sendAt' | 'expiresAt'> {
  return {
    ...(sendIn === undefined ? {} : { sendAt: plus(now, minutes(sendIn)) }),
    ...(expiresIn === undefined ? {} : { expiresAt: plus(now, minutes(expiresIn)) }),
  }
}

async function done(act: () => void): Promise<undefined> {
  act()
  return undefined
}
