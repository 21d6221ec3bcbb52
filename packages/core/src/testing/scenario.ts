import type { Acknowledge } from '../application/commands/acknowledge.ts'
import type { Configured } from '../application/commands/configure-guest.ts'
import type { SendMessage, Sent } from '../application/commands/send-message.ts'
import type { Written } from '../application/commands/write-as-guest.ts'
import type { Outcome } from '../application/transact-once.ts'
import type { Conversation } from '../domain/conversation/conversation.ts'
import type { DeploymentSettings } from '../domain/deployment/deployment.ts'
import type { Entry } from '../domain/entry/entry.ts'
import type { ConversationId, DeploymentId } from '../domain/ids.ts'
import { between, plus, seconds, type Duration } from '../domain/instant.ts'
import { invariant, must } from '../domain/invariant.ts'
import type { Result } from '../domain/result.ts'
import { createWorld, type World } from './world.ts'

/** What is given: a shop with a widget, and a guest who has opened it. What happens is told in the words of the domain. */
export interface Scenario extends World {
  readonly deploymentId: DeploymentId
  /** The browser's secret. */
  readonly token: string
  /** The guest as of their last `guestArrives`. */
  readonly guest: Configured
  guestArrives(given?: { readonly token?: string; readonly startNew?: boolean }): Promise<Configured>
  guestWrites(text: string, clientId?: string): Promise<Result<Written>>
  guestAcknowledges(upTo: Acknowledge['upTo']): Promise<Result<Conversation>>
  /** A proactive send to the guest's contact id, unless said otherwise. */
  businessSends(text: string, given?: Partial<SendMessage>): Promise<Outcome<Sent>>
  agentCloses(): Promise<Outcome<Conversation>>
  agentReopens(): Promise<Outcome<Conversation>>
  /** The clock moves, and the server keeps every appointment that has come due on the way. */
  timePasses(by: Duration): Promise<void>
  /** Where the guest is now. */
  conversation(): Promise<Conversation>
  /** The log in words: `started by customer`, `customer: Hello`, `closed by agent`. */
  log(conversationId?: ConversationId): Promise<readonly string[]>
  eventTypes(): Promise<readonly string[]>
}

/** A strong token, as a browser would invent it. */
export const browserToken = '8c5a1e0b-9f6d-4a37-b2c4-d1e0f7a86b35'

/** Longer than any test's log or feed. */
const everything = 1000

const lease = seconds(30)

/** Given a deployment with these settings and a guest who has just arrived. */
export async function scenario(settings: DeploymentSettings = {}): Promise<Scenario> {
  const world = createWorld()
  const { useCases } = world
  const deployment = valueOf(await useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['shop.example'], ...settings } }))
  const arrive = async (token: string, startNew: boolean): Promise<Configured> =>
    valueOf(await useCases.configureGuest({ deploymentId: deployment.id, token, startNew }))
  let guest = await arrive(browserToken, false)
  return {
    ...world,
    ...asBusiness(world, () => guest),
    ...tell(world, () => guest),
    deploymentId: deployment.id,
    token: browserToken,
    get guest() {
      return guest
    },
    async guestArrives({ token = browserToken, startNew = false } = {}) {
      guest = await arrive(token, startNew)
      return guest
    },
    guestWrites: (text, clientId) =>
      useCases.writeAsGuest({
        contactId: guest.contact.id,
        sessionId: guest.session.id,
        saying: { text },
        ...(clientId === undefined ? {} : { clientId }),
      }),
    async guestAcknowledges(upTo) {
      const conversation = must(await world.store.latestConversation(guest.contact.id), 'there is something to acknowledge')
      return useCases.acknowledge({ contactId: guest.contact.id, conversationId: conversation.id, by: 'guest', upTo })
    },
    async timePasses(by) {
      const end = plus(world.clock.now(), by)
      for (let next = await world.store.nextTimerAt(); next !== undefined && next <= end; next = await world.store.nextTimerAt()) {
        if (next > world.clock.now()) world.clock.advance(between(world.clock.now(), next))
        await keepDueAppointments(world)
      }
      world.clock.advance(between(world.clock.now(), end))
    },
  }
}

/** What the worker does, once. */
export async function keepDueAppointments({ store, clock, useCases }: Pick<World, 'store' | 'clock' | 'useCases'>): Promise<void> {
  for (const timer of await store.claimTimers(clock.now(), lease, everything)) await useCases.keepAppointment(timer)
}

/** The value of what must have succeeded; otherwise the refusal is the failure's message. */
export function valueOf<T>(result: Result<T>): T {
  invariant(result.ok, result.ok ? '' : `refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}

function asBusiness({ useCases, store }: World, guest: () => Configured) {
  const update = async (status: 'open' | 'closed'): Promise<Outcome<Conversation>> => {
    const { id } = must(await store.latestConversation(guest().contact.id), 'there is a conversation')
    return useCases.updateConversation({ conversationId: id, status, by: { kind: 'agent', id: 'ana', name: 'Ana' } })
  }
  return {
    businessSends: (text, given = {}) =>
      useCases.sendMessage({
        address: { contactId: guest().contact.id },
        saying: { text },
        from: { kind: 'api', id: 'crm', name: 'Shop' },
        proactive: true,
        policy: {},
        ...given,
      }),
    agentCloses: () => update('closed'),
    agentReopens: () => update('open'),
  } satisfies Partial<Scenario>
}

function tell({ store }: World, guest: () => Configured) {
  const conversation = async (): Promise<Conversation> => must(await store.latestConversation(guest().contact.id), 'there is a conversation')
  return {
    conversation,
    async log(conversationId) {
      const entries = await store.entries(conversationId ?? (await conversation()).id, { limit: everything })
      return entries.map(inWords)
    },
    async eventTypes() {
      const { events } = await store.events(0, everything, {})
      return events.map(({ event }) => event.type)
    },
  } satisfies Partial<Scenario>
}

function inWords(entry: Entry): string {
  if (entry.kind === 'event') return `${entry.event} by ${entry.by.kind}`
  return entry.withdrawn ? `${entry.by.kind}: (withdrawn)` : `${entry.by.kind}: ${entry.text}`
}
