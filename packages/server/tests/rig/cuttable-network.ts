import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line between browsers and the server that can be cut and mended. */
export interface CuttableNetwork extends AsyncDisposable {
  /** What browsers call. */
  readonly url: string
  /** Every connection breaks, and no new one comes about. */
  readonly cut: () => void
  readonly mend: () => void
  /** Where the line leads. */
  readonly leadTo: (url: string) => void
}

export async function aCuttableNetwork(): Promise<CuttableNetwork> {
  const sockets = new Set<Socket>()
  const state = { isCut: false, port: 0 }
  const server = createServer((near) => {
    if (state.isCut) return near.destroy()
    const far = connect(state.port, '127.0.0.1')
    for (const [one, other] of [[near, far], [far, near]] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    return undefined
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const breakAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      state.isCut = true
      breakAll()
    },
    mend() {
      state.isCut = false
    },
    leadTo(url) {
      state.port = Number(new URL(url).port)
    },
    async [Symbol.asyncDispose]() {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
