import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { connectBeckonGuest, createGuestMemory } from '../load/beckon-guest.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { systemNamed } from '../systems/system-named.ts'
import { seededId } from './seeded-id.ts'

/** Entries of every seeded conversation: twice what is read, so that a read has to find its place. */
export const ENTRIES_EACH = 100

/** Conversations that are written to in the same hour: theirs is the order in which entries arrive and are stored. */
const CONCURRENT = 1000
const EACH_TRANSACTION = 10_000

interface Template {
  readonly contact: Readonly<Record<string, unknown>>
  readonly conversation: Readonly<Record<string, unknown>>
  readonly message: string
  readonly startedAt: number
}

/**
 * Fills a data folder with so many entries, as years of chatting leave them. Beckon itself makes the folder and one conversation; the
 * rest are copies of its rows, written straight into the database, because five million sends would take an hour.
 */
export async function seedLog(folder: string, entries: number): Promise<void> {
  await makeTemplate(folder)
  using database = new DatabaseSync(join(folder, 'beckon.db'))
  database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000')
  const template = readTemplate(database)
  const conversations = entries / ENTRIES_EACH
  copyThreads(database, template, conversations)
  copyEntries(database, template, conversations)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

async function makeTemplate(folder: string): Promise<void> {
  await using running = await systemNamed('beckon').start(folder)
  const { target } = running
  if (target.kind !== 'beckon') throw new Error('only Beckon can be seeded')
  const guest = await connectBeckonGuest({ url: must(target.urls[0], 'a node'), deploymentId: target.deploymentId }, createGuestMemory())
  await guest.send('A hundred characters of quite ordinary chat, as a customer would write it about a late parcel, say.')
  guest.drop()
}

function readTemplate(database: DatabaseSync): Template {
  const one = (sql: string): string => String(must(database.prepare(sql).get(), sql)['body'])
  return {
    contact: parseJson(one('SELECT body FROM contacts ORDER BY key DESC LIMIT 1')),
    conversation: parseJson(one('SELECT body FROM conversations ORDER BY key DESC LIMIT 1')),
    message: one(`SELECT body FROM entries WHERE body ->> '$.kind' = 'message' ORDER BY place DESC LIMIT 1`),
    startedAt: Number(must(database.prepare('SELECT min(at) AS at FROM entries').get(), 'the first entry')['at']),
  }
}

/** Keys of copies begin above the template's own. */
function firstKey(table: 'contacts' | 'conversations', database: DatabaseSync): number {
  return Number(must(database.prepare(`SELECT max(key) + 1 AS next FROM ${table}`).get(), 'the largest key')['next'])
}

function copyThreads(database: DatabaseSync, { contact, conversation, startedAt }: Template, count: number): void {
  const insertContact = database.prepare(`INSERT INTO contacts (id, external_id, search, body) VALUES (?, NULL, '', ?)`)
  const insertConversation = database.prepare(
    `INSERT INTO conversations (id, contact_key, status, quiet, last_entry_at, last_text, body) VALUES (?, ?, 'open', 0, ?, '', ?)`)
  inTransactions(database, count, (number) => {
    const contactId = seededId('contact', number)
    const id = seededId('conversation', number)
    const lastEntryAt = startedAt - count + number
    const { lastInsertRowid } = insertContact.run(contactId, JSON.stringify({ ...contact, id: contactId }))
    insertConversation.run(id, lastInsertRowid, lastEntryAt, JSON.stringify({ ...conversation, id, contactId, lastSeq: ENTRIES_EACH, lastEntryAt, lastText: '' }))
  })
}

function copyEntries(database: DatabaseSync, { message, startedAt }: Template, conversations: number): void {
  const conversationKey = firstKey('conversations', database) - conversations
  const contactKey = firstKey('contacts', database) - conversations
  const insertEntry = database.prepare('INSERT INTO entries (place, id, at, contact_key, body) VALUES (? * 4194304 + ?, ?, ?, ?, ?)')
  const insertEvent = database.prepare(`INSERT INTO events (type, at, contact_key, conversation_key, entry_seq) VALUES ('message.created', ?, ?, ?, ?)`)
  const concurrent = Math.min(CONCURRENT, conversations)
  const entries = conversations * ENTRIES_EACH
  inTransactions(database, entries, (number) => {
    const block = Math.floor(number / (concurrent * ENTRIES_EACH))
    const within = number % (concurrent * ENTRIES_EACH)
    const conversation = block * concurrent + (within % concurrent)
    const seq = Math.floor(within / concurrent) + 1
    const at = startedAt - entries + number
    insertEntry.run(conversationKey + conversation, seq, seededId('entry', number), at, contactKey + conversation, message)
    insertEvent.run(at, contactKey + conversation, conversationKey + conversation, seq)
  })
}

function inTransactions(database: DatabaseSync, count: number, write: (number: number) => void): void {
  for (let number = 0; number < count; number += 1) {
    if (number % EACH_TRANSACTION === 0) database.exec(number === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    write(number)
  }
  database.exec('COMMIT')
}
