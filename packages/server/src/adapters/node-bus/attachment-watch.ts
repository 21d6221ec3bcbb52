import { between, seconds, type Attachment, type AttachmentId, type Committed, type Instant, type Reader } from '@beckon/core'
import type { LocalSockets } from './rebuild.ts'

/**
 * How uploads end is told by no event, and the browser that asked for one waits to hear of it: as long as it has a socket
 * here, those that were not heard of are looked up now and then.
 */
export interface AttachmentWatch {
  hear(batch: readonly Committed[]): void
  /** What was looked up and has ended, as hints. */
  changes(now: Instant): Promise<readonly Committed[]>
}

interface AttachmentWatchDeps {
  readonly reader: Pick<Reader, 'attachment'>
  readonly sockets: LocalSockets
}

const lookEvery = seconds(3)
const mostAtOnce = 50
const mostWatched = 10_000

export function createAttachmentWatch({ reader, sockets }: AttachmentWatchDeps): AttachmentWatch {
  /** Those that wait for their bytes, with the moment of the last look; the one looked up longest ago first. */
  const waiting = new Map<AttachmentId, { readonly attachment: Attachment; readonly lookedAt: Instant }>()

  function hear(batch: readonly Committed[]): void {
    for (const { attachments } of batch) {
      for (const attachment of attachments ?? []) {
        waiting.delete(attachment.id)
        if (isAwaited(attachment)) waiting.set(attachment.id, { attachment, lookedAt: attachment.updatedAt })
      }
    }
    for (const oldest of waiting.keys()) {
      if (waiting.size <= mostWatched) break
      waiting.delete(oldest)
    }
  }

  function isAwaited({ status, sessionId, contactId }: Attachment): boolean {
    return status === 'presigned' && sessionId !== undefined && sockets.sessionsOf(contactId).includes(sessionId)
  }

  async function look(attachment: Attachment, now: Instant): Promise<readonly Committed[]> {
    waiting.delete(attachment.id)
    if (!isAwaited(attachment) || attachment.expiresAt <= now) return []
    waiting.set(attachment.id, { attachment, lookedAt: now })
    const current = await reader.attachment(attachment.id)
    if (!waiting.has(attachment.id) || current === undefined || current.version <= attachment.version) return []
    return [{ contactId: current.contactId, entries: [], conversations: [], sessions: [], events: [], attachments: [current] }]
  }

  return {
    hear,
    async changes(now) {
      const due = [...waiting.values()].filter(({ lookedAt }) => between(lookedAt, now) >= lookEvery).slice(0, mostAtOnce)
      return (await Promise.all(due.map(({ attachment }) => look(attachment, now)))).flat()
    },
  }
}
