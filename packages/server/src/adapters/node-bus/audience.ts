import type { Attention, Committed, Typing } from '@beckon/core'
import { hashOf, type Roll } from './roll.ts'

/**
 * Who is to hear of a thing stands in a node's roll: a contact with sockets under its id; whoever attends to a contact or a conversation
 * under a hash of its id, which is short whatever callers ask for, and is not taken for sockets; whoever attends to everything under that word.
 */
export function nameOfAttention(to: Attention): string {
  return to === everything ? everything : nameOfHash(hashOf(to))
}

const everything = 'everything'
const sign = '~'

function nameOfHash(hash: number): string {
  return `${sign}${hash.toString(36)}`
}

/** The hash of what a name is about; undefined: everything. */
export function hashIn(name: string): number | undefined {
  if (name === everything) return undefined
  return name.startsWith(sign) ? Number.parseInt(name.slice(sign.length), 36) : hashOf(name)
}

/** A contact or a conversation that has part in something. */
export interface Subject {
  readonly id: string
  readonly hash: number
  readonly nameOfAttention: string
}

/** What those on a node are to hear of a thing: all of it; what the log tells of it, where nobody has a socket of it; nothing. */
export type Interest = 'all' | 'log' | 'none'

/** What the node with this roll is to hear of what these have part in. */
export function interestIn(subjects: readonly Subject[], roll: Pick<Roll, 'get'>): Interest {
  if (roll.get(everything) > 0 || subjects.some(({ id }) => roll.get(id) > 0)) return 'all'
  return subjects.some((subject) => roll.get(subject.nameOfAttention) > 0) ? 'log' : 'none'
}

export function subjectsOf({ contactId, mergedFrom, sessions, conversations, events }: Committed): readonly Subject[] {
  const ids = [
    contactId, mergedFrom,
    ...sessions.map((session) => session.contactId),
    ...conversations.map(({ id }) => id),
    ...events.flatMap((event) => [event.contactId, event.conversationId]),
  ]
  return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [subjectOf(id)]))
}

export function subjectsOfTyping({ contactId, conversationId }: Typing): readonly Subject[] {
  return [contactId, conversationId].map(subjectOf)
}

function subjectOf(id: string): Subject {
  const hash = hashOf(id)
  return { id, hash, nameOfAttention: nameOfHash(hash) }
}

const bytesOfHash = 4

/** Subjects in the fewest bytes by which whoever attends to one of them knows it, by accident also somebody else. */
export function hashesOf(subjects: readonly Subject[]): string {
  const hashes = [...new Set(subjects.map(({ hash }) => hash))]
  const bytes = new DataView(new ArrayBuffer(hashes.length * bytesOfHash))
  for (const [index, hash] of hashes.entries()) bytes.setUint32(index * bytesOfHash, hash)
  return Buffer.from(bytes.buffer).toString('base64')
}

export function readHashes(text: string): readonly number[] {
  const hashes = Buffer.from(text, 'base64')
  return Array.from({ length: Math.floor(hashes.length / bytesOfHash) }, (_, index) => hashes.readUInt32BE(index * bytesOfHash))
}
