import type { GuestSurroundings } from './guest-surroundings.ts'

/** The real clock and chance: the only file of the guest SDK that reads them. */
export const systemGuestSurroundings: GuestSurroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  newId: randomUuid,
  schedule: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}

// crypto.randomUUID exists in secure contexts only, and shops on plain http still exist.
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  }).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
