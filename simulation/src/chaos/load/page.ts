import type { GuestSocket, OpenGuestSocket } from '@beckon/client'
import { createPageMemory } from './page-memory.ts'
import { parseJson } from './parse-json.ts'

/** One open page of a guest without the SDK: what the protocol's guide asks of a client, and no more patience than that. */
export interface Page {
  /** Opens a socket and takes up the session; resolves when that is done, rejects when it cannot be. */
  readonly connect: () => Promise<void>
  readonly send: (request: object) => void
  readonly isLive: () => boolean
  /** Gives the socket up, as a page does that hears nothing. */
  readonly drop: () => void
  /** Resolves when everything that was missed is here. */
  readonly caughtUp: () => Promise<void>
}

interface PageDeps {
  readonly deploymentId: string
  readonly token: string
  readonly openSocket: OpenGuestSocket
  readonly heard: (frame: PageFrame) => void
}

export interface PageFrame {
  readonly class: string
  readonly code: number
  readonly tracingId?: string
  readonly body: FrameBody
}

interface FrameBody {
  readonly conversationId?: string
  readonly seq?: number
  readonly entities?: readonly { readonly seq?: number; readonly clientId?: string }[]
  readonly reset?: boolean
  readonly complete?: boolean
  readonly beckon?: { readonly contactId: string; readonly epoch: string; readonly resumed: boolean; readonly conversation: { readonly id: string; readonly lastSeq: number } | null }
}

const configureLimitMs = 5000

export function createPage({ deploymentId, token, openSocket, heard }: PageDeps): Page {
  const memory = createPageMemory()
  const state = { socket: undefined as GuestSocket | undefined, isLive: false, isComplete: false, configures: 0, onComplete: [] as (() => void)[] }

  function drop(): void {
    const { socket } = state
    Object.assign(state, { socket: undefined, isLive: false })
    socket?.close()
  }

  function configure(): void {
    state.configures += 1
    state.isComplete = false
    const resume = memory.place()
    const beckon = { version: 1, ...(resume === undefined ? {} : { resume }) }
    state.socket?.send(JSON.stringify({ action: 'configureSession', deploymentId, token, tracingId: `configure-${state.configures}`, startNew: false, beckon }))
  }

  function take(frame: PageFrame): void {
    const taken = memory.take(frame)
    if (taken === 'gap' && state.isComplete) configure()
    if (taken !== 'complete') return
    state.isComplete = true
    for (const told of state.onComplete.splice(0)) told()
  }

  /** One socket from its opening on; resolves when the session is taken up. */
  function open(resolve: () => void, reject: (why: Error) => void): void {
    const late = setTimeout(() => lose('no session in time'), configureLimitMs)
    const lose = (why: string): void => {
      clearTimeout(late)
      if (state.socket === socket) drop()
      reject(new Error(why))
    }
    const socket = openSocket(`http://beckon.invalid/v1?deploymentId=${deploymentId}`, {
      opened: configure,
      received(text) {
        if (state.socket !== socket) return
        const frame = parseJson<PageFrame>(text)
        take(frame)
        heard(frame)
        if (frame.class !== 'SessionResponse') return
        clearTimeout(late)
        state.isLive = true
        resolve()
      },
      ended: (status) => lose(`the socket ended (${status ?? ''})`),
    })
    state.socket = socket
  }

  return {
    drop,
    isLive: () => state.isLive,
    send: (request) => state.socket?.send(JSON.stringify({ token, ...request })),
    caughtUp: () => new Promise((resolve) => (state.isLive && state.isComplete ? resolve() : state.onComplete.push(resolve))),
    connect() {
      drop()
      return new Promise(open)
    },
  }
}
