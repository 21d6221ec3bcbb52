/** What is to be notified next, packed into as few payloads as it fits in. */
export interface Outbox {
  /** False when there is too much of it already. */
  put(channel: string, text: string): boolean
  take(): { readonly channels: readonly string[]; readonly payloads: readonly string[] }
  isEmpty(): boolean
  clear(): void
}

/** PostgreSQL takes payloads shorter than 8000 bytes. */
export const mostBytes = 7999
/** Never part of a message, which is JSON on one line. */
export const separator = '\n'
/** Of a statement. Long messages must leave room for the short ones that say where to read instead. */
const mostOfLong = 128 * 1024
const mostOfAll = 256 * 1024
const longFrom = 1000

export function createOutbox(): Outbox {
  let payloads: { readonly channel: string; text: string; bytes: number }[] = []
  let bytesWaiting = 0

  return {
    put(channel, text) {
      const bytes = Buffer.byteLength(text)
      if (bytes > mostBytes || bytesWaiting + bytes > (bytes < longFrom ? mostOfAll : mostOfLong)) return false
      bytesWaiting += bytes
      const last = payloads.findLast((one) => one.channel === channel)
      if (last && last.bytes + separator.length + bytes <= mostBytes) {
        last.text += separator + text
        last.bytes += separator.length + bytes
      } else {
        payloads.push({ channel, text, bytes })
      }
      return true
    },
    take() {
      const taken = payloads
      payloads = []
      bytesWaiting = 0
      return { channels: taken.map(({ channel }) => channel), payloads: taken.map(({ text }) => text) }
    },
    isEmpty: () => payloads.length === 0,
    clear() {
      payloads = []
      bytesWaiting = 0
    },
  }
}
