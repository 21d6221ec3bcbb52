import type { Chance } from '../world/chance.ts'
import type { Cluster, Place } from '../world/cluster.ts'
import { createSocketPair, type SocketPair } from '../world/memory-socket.ts'
import type { VirtualTime } from '../world/virtual-time.ts'

export interface GuestLineGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
  readonly chance: Chance
  readonly token: string
  readonly onOpen: (node: string) => void
  readonly onFrame: (text: string) => void
  readonly onLost: (code?: number) => void
}

/** A page's connection to whichever node takes it: it comes back by itself for as long as the page is open. */
export interface GuestLine {
  /** Changes with each connection; undefined while there is none. */
  readonly current: object | undefined
  open(): void
  close(): void
  /** The peer is not to be trusted any more: another connection is made. */
  giveUp(): void
  /** The network dies without a word. */
  cut(): void
  send(body: object): void
}

const answerWithin = 10_000
const heartbeat = 15_000

export function createGuestLine(given: GuestLineGiven): GuestLine {
  const { time, cluster, chance, token } = given
  let isWanted = false
  let socket: SocketPair | undefined
  let heardAt = 0

  function connect(): void {
    if (!isWanted || socket) return
    const place = chance.oneOf(cluster.places)
    if (!place.node) return comeBack()
    const pair: SocketPair = createSocketPair({
      time, chance,
      life: place.life,
      listener: { onFrame: (text) => (socket === pair ? hear(text) : undefined), onClose: (code) => (socket === pair ? lost(code) : undefined) },
    })
    socket = pair
    heardAt = -1
    knock(given, place, pair, (node) => {
      if (socket !== pair) return
      if (node === undefined) return lost()
      given.onOpen(node)
      watch(given, { isCurrent: () => socket === pair, isSilentSince: (since) => heardAt < since, echo: () => send({ action: 'echo' }), giveUp })
    })
    time.after(answerWithin, () => (socket === pair && heardAt < 0 ? giveUp() : undefined))
  }

  function hear(text: string): void {
    heardAt = time.now()
    given.onFrame(text)
  }

  function send(body: object): void {
    socket?.client.send(JSON.stringify({ token, ...body }))
  }

  function giveUp(): void {
    socket?.client.terminate()
    lost()
  }

  function lost(code?: number): void {
    if (!socket) return
    socket = undefined
    given.onLost(code)
    comeBack()
  }

  function comeBack(): void {
    if (isWanted) time.after(chance.between(100, 3000), connect)
  }

  return {
    get current() {
      return socket
    },
    open() {
      isWanted = true
      connect()
    },
    close() {
      isWanted = false
      giveUp()
    },
    giveUp, send,
    cut: () => socket?.cut(),
  }
}

/** Asks to be let in; `answered` is told the node's name, or nothing when it does not take the socket. */
function knock({ time, chance }: GuestLineGiven, { life, node }: Place, { server }: SocketPair, answered: (node?: string) => void): void {
  const answer = (isTaken: boolean): void => void time.after(chance.between(1, 40), () => answered(isTaken ? node?.name : undefined))
  time.after(chance.between(1, 40), () =>
    life.enter(() => {
      node?.accept(server).then(answer, () => answer(false))
    }),
  )
}

interface Watched {
  readonly isCurrent: () => boolean
  readonly isSilentSince: (since: number) => boolean
  readonly echo: () => void
  readonly giveUp: () => void
}

/** A peer that is silent though it was asked is gone. */
function watch({ time }: Pick<GuestLineGiven, 'time'>, watched: Watched): void {
  const since = time.now()
  watched.echo()
  time.after(heartbeat, () => {
    if (!watched.isCurrent()) return
    if (watched.isSilentSince(since)) watched.giveUp()
    else watch({ time }, watched)
  })
}
