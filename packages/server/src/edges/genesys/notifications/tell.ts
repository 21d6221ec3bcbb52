import type { Committed, IdSource } from '@beckon/core'
import type { Channels } from './channels.ts'
import { noticesOf, type Notice, type NoticeDeps } from './notices.ts'

export interface TellDeps extends NoticeDeps {
  readonly ids: Pick<IdSource, 'next'>
  readonly channels: Channels
  readonly onError: (error: unknown) => void
}

/** Tells listeners of what was committed, in order: what has to be read for one notice keeps the next one waiting. */
export function createTell(deps: TellDeps): (batch: readonly Committed[]) => void {
  let last: Promise<void> = Promise.resolve()
  return (batch) => {
    if (!deps.channels.all().some(({ listener, topics }) => listener && topics.size > 0)) return
    last = last.then(() => tellAll(deps, batch)).catch(deps.onError)
  }
}

async function tellAll(deps: TellDeps, batch: readonly Committed[]): Promise<void> {
  for (const committed of batch) {
    for (const notice of await noticesOf(deps, committed)) await tellOne(deps, notice)
  }
}

async function tellOne({ channels, ids }: TellDeps, notice: Notice): Promise<void> {
  const frames = new Map<string, string | undefined>()
  for (const { listener, topics } of channels.all()) {
    if (!listener) continue
    for (const name of notice.among(topics)) {
      const topic = topics.get(name)
      if (topic && !frames.has(name)) frames.set(name, eventFrame(name, await notice.body(topic), ids))
      const frame = frames.get(name)
      if (frame !== undefined) listener.send(frame)
    }
  }
}

function eventFrame(topicName: string, eventBody: object | undefined, ids: TellDeps['ids']): string | undefined {
  return eventBody && JSON.stringify({ topicName, version: '2', eventBody, metadata: { CorrelationId: ids.next() } })
}
