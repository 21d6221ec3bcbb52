import { seconds } from '@beckon/core'
import type { FastifyInstance } from 'fastify'
import type { GenesysDeps } from '../genesys-deps.ts'
import { createChannels, type Channels } from './channels.ts'
import { heartbeatFrame } from './frames.ts'
import { serveChannelSockets } from './sockets.ts'
import { createTell } from './tell.ts'
import { endUnwelcome } from './welcome.ts'

export interface Notifications {
  readonly channels: Channels
  drain(): void
}

const heartbeat = seconds(30)

/** Channels with their sockets: fed from the bus, kept alive by a heartbeat. */
export function createNotifications(app: FastifyInstance, deps: GenesysDeps): Notifications {
  const { bus, reader, timers, log } = deps
  const onError = (error: unknown): void => log.error({ err: error }, 'a notification was not told')
  const channels = createChannels(deps)
  const tell = createTell({ ...deps, channels, onError })
  const recheck = (): void => void endUnwelcome({ reader, channels }).catch(onError)
  bus.subscribe((hint) => {
    if (hint.kind === 'committed') tell(hint.batch)
    if (hint.kind === 'access-changed') recheck()
  })
  const sockets = serveChannelSockets(app.server, { channels, reader, bus, timers, onError })
  const beat = (): void => {
    for (const { listener } of channels.all()) listener?.send(heartbeatFrame)
    stop = timers.after(heartbeat, beat)
  }
  let stop = timers.after(heartbeat, beat)
  return {
    channels,
    drain() {
      stop()
      sockets.drain()
    },
  }
}
