import { EventEmitter } from 'node:events'
import type { GuestSocket } from '@beckon/server/parts'
import type { Chance } from './chance.ts'
import type { Life } from './life.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A guest's end of a socket. */
export interface ClientSocket {
  send(text: string): void
  /** Leaves without a word. */
  terminate(): void
}

export interface ClientListener {
  onFrame(text: string): void
  onClose(code?: number): void
}

export interface SocketPair {
  readonly server: GuestSocket
  readonly client: ClientSocket
  /** From now on nothing comes through in either direction, and neither end is told. */
  cut(): void
}

export interface SocketGiven {
  readonly time: VirtualTime
  /** Of the node at the other end. */
  readonly life: Life
  readonly chance: Chance
  readonly listener: ClientListener
}

const states = { OPEN: 1, CLOSED: 3 } as const

/** Two ends with a network between them: it keeps the order of each direction and takes its time; what was not delivered when an end goes is lost. */
export function createSocketPair(given: SocketGiven): SocketPair {
  const { time, life, chance, listener } = given
  const emitter = new EventEmitter()
  const open = { server: true, client: true }
  let isCut = false
  const down = createDirection(time, chance)
  const up = createDirection(time, chance)
  const ends: Ends = {
    open, emitter, listener, life,
    toClient: (happening) => down(() => (isCut ? undefined : happening())),
    toServer: (happening) => up(() => (isCut ? undefined : life.enter(happening))),
    closeServer() {
      if (!open.server) return
      open.server = false
      // A socket tells of its end later, never within the call that ends it.
      life.after(0, () => emitter.emit('close'))
    },
    closeClient(code) {
      if (!open.client) return
      open.client = false
      listener.onClose(code)
    },
  }
  life.whenEnded(() => ends.toClient(() => ends.closeClient()))
  return {
    server: createServerEnd(ends),
    client: {
      send: (text) => ends.toServer(() => (open.server ? emitter.emit('message', Buffer.from(text), false) : undefined)),
      terminate() {
        open.client = false
        ends.toServer(ends.closeServer)
      },
    },
    cut() {
      isCut = true
    },
  }
}

interface Ends {
  readonly open: { readonly server: boolean; readonly client: boolean }
  readonly emitter: EventEmitter
  readonly listener: ClientListener
  readonly life: Life
  readonly toClient: (happening: () => void) => void
  readonly toServer: (happening: () => void) => void
  readonly closeServer: () => void
  readonly closeClient: (code?: number) => void
}

function createServerEnd({ open, emitter, listener, life, toClient, toServer, closeServer, closeClient }: Ends): GuestSocket {
  let bufferedBytes = 0
  return {
    OPEN: states.OPEN,
    get readyState() {
      return open.server ? states.OPEN : states.CLOSED
    },
    get bufferedAmount() {
      return bufferedBytes
    },
    send(frame) {
      bufferedBytes += frame.length
      toClient(() => {
        bufferedBytes -= frame.length
        if (open.client) listener.onFrame(frame)
      })
    },
    ping(_data, _mask, sent) {
      toClient(() => {
        life.enter(() => sent?.())
        if (open.client) toServer(() => (open.server ? emitter.emit('pong') : undefined))
      })
    },
    close(code) {
      toClient(() => closeClient(code))
      closeServer()
    },
    terminate() {
      toClient(() => closeClient())
      closeServer()
    },
    on: (event: string, listener: (data: Buffer, isBinary: boolean) => void) => emitter.on(event, listener),
    once: (event: string, listener: () => void) => emitter.once(event, listener),
    off: (event: string, listener: () => void) => emitter.off(event, listener),
  }
}

/** What goes in one direction arrives in its order. */
function createDirection(time: VirtualTime, chance: Chance): (happening: () => void) => void {
  let lastAt = 0
  return (happening) => {
    lastAt = Math.max(lastAt, time.now() + (chance.percent(95) ? chance.between(1, 30) : chance.between(30, 2000)))
    time.after(lastAt - time.now(), happening)
  }
}
