import { randomFillSync } from 'node:crypto'
import { toId, type Clock, type IdSource } from '@beckon/core'

const idBytes = 16
const idsPerBatch = 256
const counterLimit = 0x1000

/**
 * UUIDv7 (RFC 9562, sections 5.7 and 6.2): 48 bits of milliseconds, a 12-bit counter that begins each millisecond at a
 * random place in its lower half, 62 random bits. Ids made later in this process always sort later. Chance is drawn for
 * 256 ids at a time, because a draw costs far more than its bytes.
 */
export function createIdSource(clock: Clock, fill: (buffer: Buffer) => void = randomFillSync): IdSource {
  const batch = Buffer.alloc(idBytes * idsPerBatch)
  let used = batch.length
  let millisecond = 0
  let counter = 0

  function draw(): number {
    if (used === batch.length) {
      fill(batch)
      used = 0
    }
    used += idBytes
    return used - idBytes
  }

  function advance(now: number, seed: number): void {
    if (now > millisecond) {
      millisecond = now
      counter = seed
    } else if (++counter === counterLimit) {
      // The counter is spent: borrow the next millisecond rather than repeat or go back.
      millisecond += 1
      counter = seed
    }
  }

  return {
    next() {
      const at = draw()
      advance(clock.now(), batch.readUInt16BE(at + 6) & 0x7ff)
      batch.writeUIntBE(millisecond, at, 6)
      batch.writeUInt16BE(0x7000 | counter, at + 6)
      batch.writeUInt8((batch.readUInt8(at + 8) & 0x3f) | 0x80, at + 8)
      return toId(hyphenated(batch.toString('hex', at, at + idBytes)))
    },
  }
}

function hyphenated(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
