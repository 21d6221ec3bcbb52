/** Ids of seeded rows can be told from their number, so that a reader needs no list of them. They sort by age as real ones do. */
export function seededId(kind: 'contact' | 'conversation' | 'entry', number: number): string {
  const kinds = { contact: '1', conversation: '2', entry: '3' } as const
  const digits = number.toString(16).padStart(12, '0')
  return `0190${digits.slice(0, 4)}-${digits.slice(4, 8)}-7000-8${kinds[kind]}00-00000000${digits.slice(8)}`
}
