import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** The sockets of one edge. */
export interface UpgradeRoute {
  /** Is this path, without its query, one of the edge's? */
  readonly serves: (path: string) => boolean
  /** Answers the request: with a socket, or with a refusal that ends it. */
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

const routesByServer = new WeakMap<Server, UpgradeRoute[]>()

/** Node tells of every upgrade by one event of the server: whoever listens gets all of them, so one listener leads each to its edge. */
export function serveUpgrades(server: Server, route: UpgradeRoute): void {
  const known = routesByServer.get(server)
  if (known) return void known.push(route)
  const routes = [route]
  routesByServer.set(server, routes)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', destroy)
    const path = pathOf(request.url ?? '')
    const found = routes.find(({ serves }) => serves(path))
    if (found) found.take(request, socket, head)
    else refuseNowhere(socket)
  })
}

/** A closure made beside the request would keep it, headers and all, for as long as the socket lives. */
function destroy(this: Duplex): void {
  this.destroy()
}

/** What stands in a request line need not be an address at all: `//` is none. */
function pathOf(url: string): string {
  return URL.parse(url, 'http://localhost')?.pathname ?? ''
}

const nowhere = 'There is no socket here. That of guests is at /v1.'

/** An upgrade that nobody answers would hold its socket for ever. */
function refuseNowhere(socket: Duplex): void {
  socket.end(`HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${nowhere.length}\r\nConnection: close\r\n\r\n${nowhere}`)
}
