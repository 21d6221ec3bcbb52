import type { Contact as CoreContact } from '@beckon/core'
import type { Contact } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderContact(contact: CoreContact): Contact {
  const { version: _, erasedAt: __, createdAt, updatedAt, ...details } = contact
  return { ...details, createdAt: timeOf(createdAt), updatedAt: timeOf(updatedAt) }
}
