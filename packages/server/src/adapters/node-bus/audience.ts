import type { Attention, Committed, ContactId, Typing } from '@beckon/core'
import { hashOf, type Roll } from './roll.ts'

/**
 * Who is to hear of a thing stands in a node's roll: a contact with sockets under its id, and whoever attends to a contact, to a
 * conversation or to everything under another name, so that they are not taken for sockets.
 */
export function nameOfAttention(to: Attention): string {
  return to === 'everything' ? everything : `${sign}${to}`
}

const sign = '~'
const everything = sign

/** What a name is about; undefined: everything. */
export function subjectOf(name: string): string | undefined {
  if (name === everything) return undefined
  return name.startsWith(sign) ? name.slice(sign.length) : name
}

/** What those on a node are to hear of a thing: all of it, or what the log tells of it, where nobody has a socket of it or attends to everything. */
export type Interest = 'all' | 'log' | 'none'

/** What the node with this roll is to hear of what these contacts and conversations have part in. */
export function interestIn(subjects: Iterable<string>, roll: Pick<Roll, 'get'>): Interest {
  if (roll.get(everything) > 0) return 'all'
  let interest: Interest = 'none'
  for (const subject of subjects) {
    if (roll.get(subject) > 0) return 'all'
    if (roll.get(sign + subject) > 0) interest = 'log'
  }
  return interest
}

/** The contacts and conversations that have part in a decision. */
export function subjectsOf({ contactId, mergedFrom, sessions, conversations, events }: Committed): ReadonlySet<string> {
  const subjects = new Set<string>()
  const add = (subject: string | undefined): void => void (subject !== undefined && subjects.add(subject))
  add(contactId)
  add(mergedFrom)
  for (const session of sessions) add(session.contactId)
  for (const { id } of conversations) add(id)
  for (const event of events) {
    add(event.contactId)
    add(event.conversationId)
  }
  return subjects
}

export function subjectsOfTyping({ contactId, conversationId }: Typing): readonly (ContactId | Typing['conversationId'])[] {
  return [contactId, conversationId]
}

const bytesOfHash = 4

/** Subjects in the fewest bytes by which whoever attends to one of them knows it, by accident also somebody else. */
export function hashesOf(subjects: ReadonlySet<string>): string {
  const hashes = new DataView(new ArrayBuffer(subjects.size * bytesOfHash))
  let at = 0
  for (const subject of subjects) {
    hashes.setUint32(at, hashOf(subject))
    at += bytesOfHash
  }
  return Buffer.from(hashes.buffer).toString('base64')
}

export function readHashes(text: string): readonly number[] {
  const hashes = Buffer.from(text, 'base64')
  return Array.from({ length: Math.floor(hashes.length / bytesOfHash) }, (_, index) => hashes.readUInt32BE(index * bytesOfHash))
}
