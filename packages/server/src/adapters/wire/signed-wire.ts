import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { Wire } from './wire.ts'

interface SignedWireDeps {
  readonly wire: Wire
  /** Of the installation, for this purpose alone. */
  readonly key: Uint8Array
  /** Something came that no node of this installation said. */
  readonly onForged: () => void
}

/** 128 bits of an HMAC with SHA-256, in base64url: nobody who lacks the key guesses it, and short wake-ups stay short. */
const signatureLength = 22

/**
 * A wire on which only nodes with the installation's key are heard. Whoever else may speak on the bus could otherwise put words onto
 * guests' pages, end their sessions, or keep what is in the log from them by announcing it as told.
 */
export function createSignedWire({ wire, key, onForged }: SignedWireDeps): Wire {
  const secret = createSecretKey(key)
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url').slice(0, signatureLength)

  /** What was signed; undefined when it was not signed by us. */
  function verified(signed: string): string | undefined {
    const text = signed.slice(signatureLength)
    const [given, expected] = [Buffer.from(signed.slice(0, signatureLength)), Buffer.from(sign(text))]
    return given.length === expected.length && timingSafeEqual(given, expected) ? text : undefined
  }

  return {
    get isUp() {
      return wire.isUp
    },
    get maxBytes() {
      return wire.maxBytes - signatureLength
    },
    send: (text, to) => wire.send(`${sign(text)}${text}`, to),
    subscribe: (listener) => wire.subscribe({
      ...listener,
      heard(signed) {
        const text = verified(signed)
        if (text === undefined) onForged()
        else listener.heard(text)
      },
    }),
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  }
}
