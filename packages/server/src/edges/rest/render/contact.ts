import type { Contact as CoreContact } from '@beckon/core'
import type { Contact } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderContact(contact: CoreContact): Contact {
  const { version: _, erasedAt: __, identity, createdAt, updatedAt, ...details } = contact
  return { ...details, ...(identity ? { identity: { ...identity, since: timeOf(identity.since) } } : {}), createdAt: timeOf(createdAt), updatedAt: timeOf(updatedAt) }
}
