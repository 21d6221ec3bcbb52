import type { Driver, GuestLink } from './driver.ts'

/** Somebody on a system that only relays: connected under a name, sends to a name. */
export interface RelayUser extends GuestLink {
  /** Resolves when the server has acknowledged the message to its sender. */
  readonly send: (to: string, text: string) => Promise<void>
  readonly onReceived: (listener: (text: string) => void) => void
}

/** Connects under a name, anew or to take up what waits for it. */
export type ConnectRelayUser = (name: string) => Promise<RelayUser>

/** Senders and receivers of a system that knows no conversations: every pair has two names of its own, guests are sent to by one backend. */
export function createRelayDriver(connect: ConnectRelayUser): Driver {
  let backend: Promise<RelayUser> | undefined
  return {
    openPair: async (index) => {
      const [sender, receiver] = await Promise.all([connect(`sender-${index}`), connect(`receiver-${index}`)])
      return { send: (text) => sender.send(`receiver-${index}`, text), onReceived: receiver.onReceived }
    },
    connectGuest: (index) => connect(`guest-${index}`),
    sendToGuest: async (index, count) => {
      backend ??= connect('backend')
      const from = await backend
      await Promise.all(Array.from({ length: count }, (_, number) => from.send(`guest-${index}`, `stored message ${number} `.padEnd(100, '.'))))
    },
    [Symbol.asyncDispose]: async () => {},
  }
}
