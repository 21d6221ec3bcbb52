import { setTimeout as pause } from 'node:timers/promises'
import type { BeckonEvent } from '@beckon/client'
import type { FeedEvent } from '../../history/record.ts'
import type { Actor, Stage } from './actor.ts'
import { aBackend, createInsistence } from './job.ts'

export interface FeedReader extends Actor {
  /** Behind the last event that it has read. */
  readonly cursor: () => string | undefined
}

/** Follows the stream, as the SDK does it. */
export function createFollower(name: string, at: number, stage: Stage): FeedReader {
  const beckon = aBackend(name, at, stage)
  const stopping = new AbortController()
  let cursor: string | undefined
  return {
    name, cursor: () => cursor,
    waitsFor: () => `${name}: behind ${cursor ?? 'the beginning'}`,
    stop: () => stopping.abort(),
    async work() {
      while (!stopping.signal.aborted) {
        try {
          for await (const event of beckon.events({ after: cursor ?? 'beginning', signal: stopping.signal })) {
            stage.recorder.write({ kind: 'events', reader: name, ...(cursor === undefined ? {} : { after: cursor }), cursor: event.id, events: [seen(event)] })
            cursor = event.id
          }
        } catch {
          // The SDK gives up when the installation is away for longer than its retries; a program that must know everything begins anew.
          await pause(200)
        }
      }
    },
  }
}

/** Asks for page after page by cursor, and waits at the end of the feed. */
export function createPoller(name: string, at: number, stage: Stage): FeedReader {
  const beckon = aBackend(name, at, stage)
  const { insist, waitsFor } = createInsistence({ ...stage, tally: { ...stage.tally, granted: () => undefined } })
  const state = { isStopped: false }
  let cursor: string | undefined
  return {
    name, cursor: () => cursor,
    waitsFor: () => `${name}: ${waitsFor()}`,
    stop() {
      state.isStopped = true
    },
    async work() {
      while (!state.isStopped) {
        const after = cursor === undefined ? {} : { after: cursor }
        const page = await insist((options) => beckon.listEvents({ ...after, limit: 200, wait: 2 }, options), {})
        if (page === undefined) continue
        stage.recorder.write({ kind: 'events', reader: name, ...after, cursor: page.cursor, events: page.entities.map(seen) })
        cursor = page.cursor
      }
    },
  }
}

export function seen({ id, type, contactId, conversationId }: BeckonEvent): FeedEvent {
  return { id, type, ...(contactId === undefined ? {} : { contactId }), ...(conversationId === undefined ? {} : { conversationId }) }
}
