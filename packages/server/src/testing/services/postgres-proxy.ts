import { connect, createServer, type Server, type Socket } from 'node:net'

/** What happens to the bytes of a connection's client from the moment in which some of them hold a word. */
export type Fault =
  /** They arrive, and nothing that the server says to them does. */
  | 'lose-answer'
  /** They do not arrive. */
  | 'lose-request'

/** Stands between a node and its database, and breaks connections at a chosen moment. */
export interface PostgresProxy extends AsyncDisposable {
  /** The same address, through here. */
  url(of: string): string
  /** Breaks the next connection whose client sends this word; resolves when it has. */
  breakAt(word: string, fault: Fault): Promise<void>
  /** From now on nobody gets through, until `open`. */
  shut(): void
  open(): void
}

export async function startPostgresProxy(port: number): Promise<PostgresProxy> {
  const sockets = new Set<Socket>()
  let isShut = false
  let trap: { readonly word: string; readonly fault: Fault; readonly sprung: () => void } | undefined
  const server = createServer((client) => {
    if (isShut) {
      client.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => {
      if (!trap || !bytes.includes(trap.word)) {
        upstream.write(bytes)
        return
      }
      const { fault, sprung } = trap
      trap = undefined
      spring({ client, upstream, bytes }, fault)
      sprung()
    })
    upstream.on('data', (bytes) => client.write(bytes))
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = server.address()
  return {
    url(of) {
      const address = new URL(of)
      address.port = String(typeof place === 'object' ? place?.port : undefined)
      return address.href
    },
    breakAt: (word, fault) => new Promise((resolve) => {
      trap = { word, fault, sprung: resolve }
    }),
    shut() {
      isShut = true
      for (const socket of sockets) socket.destroy()
    },
    open() {
      isShut = false
    },
    [Symbol.asyncDispose]: () => close(server, sockets),
  }
}

interface Caught {
  readonly client: Socket
  readonly upstream: Socket
  readonly bytes: Buffer
}

function spring({ client, upstream, bytes }: Caught, fault: Fault): void {
  upstream.removeAllListeners('data')
  if (fault === 'lose-request') {
    upstream.destroy()
    client.destroy()
  } else {
    upstream.resume()
    upstream.end(bytes)
    client.destroy()
  }
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}
