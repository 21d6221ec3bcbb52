import type { Connection } from './connection.ts'
import { createAccess } from './tables/access.ts'
import { createAnswers } from './tables/answers.ts'
import { createAttachments } from './tables/attachments.ts'
import { createContacts } from './tables/contacts.ts'
import { createConversations } from './tables/conversations.ts'
import { createEntries } from './tables/entries.ts'
import { createEvents } from './tables/events.ts'
import { createMergeContacts } from './merge-contacts.ts'
import { createIdentities } from './tables/identities.ts'
import { createProactives } from './tables/proactives.ts'
import { createSessions } from './tables/sessions.ts'
import { createTimers } from './tables/timers.ts'

export type Tables = ReturnType<typeof createTables>

/** How many contacts, conversations and sessions are kept decoded: about 1 kB each. */
const capacity = 5_000

export function createTables(db: Connection) {
  const entries = createEntries(db)
  return {
    access: createAccess(db),
    answers: createAnswers(db),
    attachments: createAttachments(db),
    contacts: createContacts(db, capacity),
    conversations: createConversations(db, capacity),
    entries,
    events: createEvents(db, entries),
    identities: createIdentities(db),
    mergeContacts: createMergeContacts(db),
    proactives: createProactives(db),
    sessions: createSessions(db, capacity),
    timers: createTimers(db),
  }
}

/** After a rollback nothing that was kept can be trusted to be what is stored. */
export function forgetKept({ access, contacts, conversations, sessions }: Tables): void {
  for (const kept of [access.deployments.known, access.clients.known, access.agents.known]) kept.clear()
  for (const kept of [contacts.recent, conversations.recent, conversations.latest, sessions.recent, sessions.latest]) kept.clear()
}
