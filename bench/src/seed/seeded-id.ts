import { hash } from 'node:crypto'

/** Ids of seeded rows can be told from their number, so that a reader needs no list of them. They sort by age as real ones do. */
export function seededId(kind: 'contact' | 'conversation' | 'entry' | 'session', number: number): string {
  const kinds = { contact: '1', conversation: '2', entry: '3', session: '4' } as const
  const digits = number.toString(16).padStart(12, '0')
  return `0190${digits.slice(0, 4)}-${digits.slice(4, 8)}-7000-8${kinds[kind]}00-00000000${digits.slice(8)}`
}

/** What a seeded guest's browser holds: random as a real token is, and the same whenever it is asked for. */
export function seededToken(number: number): string {
  const digits = hash('sha256', `guest ${number}`)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}
