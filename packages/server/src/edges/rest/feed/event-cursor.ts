import type { Reader, Secrets } from '@beckon/core'

/** A place in the feed as callers keep it. It names the log it belongs to: after a restore from a backup it means nothing. */
export interface EventCursors {
  at(position: number): string
  parse(cursor: string): number | 'malformed' | 'foreign'
}

const form = /^e([0-9a-z]{1,10})-([0-9a-f]{6})$/

export function createEventCursors(reader: Pick<Reader, 'epoch'>, secrets: Pick<Secrets, 'hash'>): EventCursors {
  let known = { epoch: reader.epoch, tag: tagOf(reader.epoch) }
  // The log may be replaced under a running server, when another database takes over.
  const tag = (): string => {
    if (known.epoch !== reader.epoch) known = { epoch: reader.epoch, tag: tagOf(reader.epoch) }
    return known.tag
  }
  return {
    at: (position) => `e${position.toString(36)}-${tag()}`,
    parse(cursor) {
      const [, position, log] = form.exec(cursor) ?? []
      if (position === undefined) return 'malformed'
      return log === tag() ? Number.parseInt(position, 36) : 'foreign'
    },
  }
  function tagOf(epoch: string): string {
    return secrets.hash(epoch).slice(0, 6)
  }
}
