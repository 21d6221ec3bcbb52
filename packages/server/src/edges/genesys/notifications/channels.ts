import { days, plus, type Clock, type IdSource, type Instant, type Secrets } from '@beckon/core'
import type { Principal } from '../../shared/principal.ts'
import type { Topic } from './topics.ts'

/** Who listens at a channel. */
export interface Listener {
  /** Text for the socket; one that takes nothing is dropped. */
  send(frame: string): void
  close(reason: string): void
}

/** A place to be told things. Lives in this process's memory: what is told while nobody listens is gone, as with the original. */
export interface Channel {
  readonly id: string
  /** Whoever knows it may listen. */
  readonly secret: string
  readonly principal: Principal
  /** Of the access token that opened it: when that is revoked, the channel ends. */
  readonly tokenHash?: string
  expiresAt: Instant
  /** Grows with each use: the channel with the lowest was not used for longest. */
  usedAs: number
  readonly topics: Map<string, Topic>
  listener?: Listener | undefined
}

export interface Channels {
  open(principal: Principal, tokenHash: string | undefined): Channel
  of(principal: Principal): readonly Channel[]
  /** A channel of this caller's that still lives. */
  find(principal: Principal, id: string): Channel | undefined
  bySecret(secret: string): Channel | undefined
  /** It was used: lets it live for another day where its topics changed. */
  touch(channel: Channel, renew: boolean): void
  end(channel: Channel, reason: string): void
  all(): readonly Channel[]
}

const lifetime = days(1)
const mostOfOneClient = 20

export function createChannels({ ids, secrets, clock }: { readonly ids: IdSource; readonly secrets: Pick<Secrets, 'generate'>; readonly clock: Clock }): Channels {
  const byId = new Map<string, Channel>()
  const idBySecret = new Map<string, string>()
  let uses = 0

  function living(channel: Channel | undefined): Channel | undefined {
    if (!channel || channel.expiresAt > clock.now()) return channel
    end(channel, 'The channel has expired.')
    return undefined
  }

  function of({ kind, id }: Principal): readonly Channel[] {
    return [...byId.values()].filter((one) => one.principal.kind === kind && one.principal.id === id && living(one))
  }

  function end(channel: Channel, reason: string): void {
    byId.delete(channel.id)
    idBySecret.delete(channel.secret)
    channel.listener?.close(reason)
  }

  function makeRoom(principal: Principal): void {
    const theirs = of(principal)
    if (theirs.length < mostOfOneClient) return
    const [idlest] = theirs.toSorted((one, other) => Number(one.listener !== undefined) - Number(other.listener !== undefined) || one.usedAs - other.usedAs)
    if (idlest) end(idlest, 'Another channel of the same client took its place.')
  }

  return {
    of, end,
    open(principal, tokenHash) {
      makeRoom(principal)
      const channel: Channel = {
        id: ids.next<'channel'>(), secret: secrets.generate('bkn'), principal, topics: new Map(),
        ...(tokenHash === undefined ? {} : { tokenHash }),
        expiresAt: plus(clock.now(), lifetime),
        usedAs: (uses += 1),
      }
      byId.set(channel.id, channel)
      idBySecret.set(channel.secret, channel.id)
      return channel
    },
    find: (principal, id) => of(principal).find((one) => one.id === id),
    bySecret: (secret) => living(byId.get(idBySecret.get(secret) ?? '')),
    touch(channel, renew) {
      channel.usedAs = uses += 1
      if (renew) channel.expiresAt = plus(clock.now(), lifetime)
    },
    all: () => [...byId.values()].filter((one) => living(one)),
  }
}
