import { withEntry } from './records.ts'
import { withSender } from './thread.ts'
import type { Contact, Send, SendAnswer, SendPlan } from '@beckon/protocol'
import type { DeskDeps } from './desk-deps.ts'

/** The person beside a conversation, and reaching people who have none open. */
export interface People {
  /** Reads a person, their other conversations and what is scheduled for them. */
  readonly load: (contactId: string) => Promise<void>
  readonly find: (words: string) => Promise<readonly Contact[]>
  readonly plan: (contactId: string, send: Send) => Promise<SendPlan>
  readonly reach: (contactId: string, send: Send) => Promise<SendAnswer>
  readonly cancelScheduled: (contactId: string, proactiveId: string) => Promise<void>
  /** Reads what became of a message, for the inspector under it. */
  readonly inspect: (messageId: string) => Promise<void>
  /** Reads it again where it is shown already. */
  readonly inspectAgain: (messageId: string) => Promise<void>
}

export function createPeople(deps: DeskDeps): People {
  const { beckon, store } = deps

  async function loadScheduled(contactId: string): Promise<void> {
    const { entities } = await beckon.listProactive({ contactId, status: 'scheduled', pageSize: 20 })
    store.update(({ scheduled }) => ({ scheduled: withEntry(scheduled, contactId, entities) }))
  }

  async function inspect(messageId: string): Promise<void> {
    const report = await beckon.listDeliveries(messageId)
    store.update(({ reports }) => ({ reports: withEntry(reports, messageId, report) }))
  }

  return {
    load: async (contactId) => {
      const [contact, earlier] = await Promise.all([
        beckon.getContact(contactId),
        beckon.listConversations({ contactId, pageSize: 20 }),
        loadScheduled(contactId),
      ])
      store.update((state) => ({
        contacts: withEntry(state.contacts, contactId, contact),
        earlier: withEntry(state.earlier, contactId, earlier.entities),
      }))
    },
    find: async (words) => (await beckon.listContacts({ pageSize: 8, ...(words === '' ? {} : { q: words }) })).entities,
    plan: (contactId, send) => beckon.sendToContact(contactId, { ...withSender(deps, send), dryRun: true }),
    reach: (contactId, send) => beckon.sendToContact(contactId, withSender(deps, { ...send, proactive: true })),
    cancelScheduled: async (contactId, proactiveId) => {
      await beckon.cancelProactive(proactiveId)
      await loadScheduled(contactId)
    },
    inspect,
    inspectAgain: async (messageId) => {
      if (messageId in store.get().reports) await inspect(messageId)
    },
  }
}
