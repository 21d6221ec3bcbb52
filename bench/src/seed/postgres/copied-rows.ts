import { hash } from 'node:crypto'
import { seededId, seededToken } from '../seeded-id.ts'
import type { Template } from './template.ts'
import { isLong, lastEntryOf, lengthOf, placesInOrder } from './thread-shape.ts'

/** One table's rows as lines of COPY's text format, oldest first. */
export interface SeededTable {
  readonly name: string
  readonly columns: string
  readonly rows: number
  lines(): Generator<string>
}

/** 25 messages a second, all the time: fifty million are three weeks of a large shop. */
const MILLIS_BETWEEN = 40
/** Older than any transaction of a new cluster: followers of the feed see these events at once. */
const WRITER = '3'
const NULL = String.raw`\N`

export function seededTables(template: Template, conversations: number, entries: number): readonly SeededTable[] {
  const at = (number: number): number => template.startedAt - (entries - number) * MILLIS_BETWEEN
  return [
    { name: 'contacts', columns: 'id, search, body', rows: conversations, lines: () => contactLines(template, conversations) },
    { name: 'sessions', columns: 'id, contact_id, deployment_id, token_hash, has_ended, body', rows: conversations, lines: () => sessionLines(template, conversations) },
    { name: 'conversations', columns: 'id, contact_id, status, quiet, last_entry_at, body', rows: conversations, lines: () => conversationLines(template, conversations, at) },
    { name: 'timers', columns: 'id, due_at, job', rows: conversations, lines: () => timerLines(template, conversations) },
    { name: 'entries', columns: 'conversation_id, seq, id, at, contact_id, client_id, is_event, body', rows: entries, lines: () => entryLines(template, conversations, at) },
    { name: 'events', columns: 'position, writer, type, at, conversation_id, entry_seq', rows: entries, lines: () => eventLines(conversations, at) },
  ]
}

function* contactLines(template: Template, conversations: number): Generator<string> {
  for (let number = 0; number < conversations; number += 1) yield line([seededId('contact', number), '', copied(template.contact, template, number)])
}

function* sessionLines(template: Template, conversations: number): Generator<string> {
  for (let number = 0; number < conversations; number += 1) {
    const tokenHash = hash('sha256', seededToken(number))
    const body = copied(template.session, template, number).replace(template.tokenHash, tokenHash)
    yield line([seededId('session', number), seededId('contact', number), template.deploymentId, tokenHash, 'f', body])
  }
}

function* conversationLines(template: Template, conversations: number, at: (number: number) => number): Generator<string> {
  for (let number = 0; number < conversations; number += 1) {
    const lastEntryAt = at(lastEntryOf(number, conversations))
    const body = copied(isLong(number) ? template.openConversation : template.closedConversation, template, number)
      .replace(/"lastSeq":\d+/, `"lastSeq":${lengthOf(number)}`).replace(/"lastEntryAt":\d+/, `"lastEntryAt":${lastEntryAt}`)
    yield line([seededId('conversation', number), seededId('contact', number), isLong(number) ? 'open' : 'closed', 'f', lastEntryAt, body])
  }
}

/** Every session's end is an appointment, spread over the three days that a session lives. */
function* timerLines(template: Template, conversations: number): Generator<string> {
  const spread = 2 * 86_400_000
  for (let number = 0; number < conversations; number += 1) {
    const dueAt = template.startedAt + 86_400_000 + Math.floor((number * spread) / conversations)
    yield line([`expire-session:${seededId('session', number)}`, dueAt, copied(template.sessionTimer, template, number)])
  }
}

/** What is the same in all lines of a conversation is made once, because fifty million lines are made. */
function* entryLines(template: Template, conversations: number, at: (number: number) => number): Generator<string> {
  const threads = new Map<number, ReturnType<typeof threadOf>>()
  for (const { conversation, seq, number } of placesInOrder(conversations)) {
    const thread = threads.get(conversation) ?? threadOf(template, conversation)
    if (seq === 1) threads.set(conversation, thread)
    else if (seq === lengthOf(conversation)) threads.delete(conversation)
    const body = seq === 1 ? thread.started : seq % 2 === 0 ? clientId(number) + thread.inbound : thread.outbound
    yield `${thread.start}${seq}\t${seededId('entry', number)}\t${at(number)}${thread.contact}${body}`
  }
}

function threadOf(template: Template, conversation: number): Record<'start' | 'contact' | 'started' | 'inbound' | 'outbound', string> {
  const body = (isEvent: 't' | 'f', text: string): string => `\t${isEvent}\t${escaped(copied(text, template, conversation))}\n`
  return {
    start: `${seededId('conversation', conversation)}\t`,
    contact: `\t${seededId('contact', conversation)}\t`,
    started: NULL + body('t', template.started),
    inbound: body('f', template.inbound),
    outbound: NULL + body('f', template.outbound),
  }
}

function* eventLines(conversations: number, at: (number: number) => number): Generator<string> {
  for (const { conversation, seq, number } of placesInOrder(conversations)) {
    yield `${number + 1}\t${WRITER}\t${seq === 1 ? 'conversation.started' : 'message.created'}\t${at(number)}\t${seededId('conversation', conversation)}\t${seq}\n`
  }
}

/** Scattered as random ids are, and never the same twice. */
function clientId(number: number): string {
  const scattered = Math.imul(number, 0x9e3779b1) >>> 0
  const digits = number.toString(16).padStart(12, '0')
  return `${scattered.toString(16).padStart(8, '0')}-5eed-4000-8000-${digits}`
}

function copied(body: string, template: Template, number: number): string {
  return body
    .replaceAll(template.contactId, seededId('contact', number))
    .replaceAll(template.conversationId, seededId('conversation', number))
    .replaceAll(template.sessionId, seededId('session', number))
}

function line(values: readonly (string | number)[]): string {
  return `${values.map((value) => (typeof value === 'string' ? escaped(value) : value)).join('\t')}\n`
}

function escaped(text: string): string {
  return text.replaceAll('\\', String.raw`\\`)
}
