/** One frame of a `text/event-stream`. */
export interface StreamFrame {
  readonly event: string
  /** Empty when the frame only tells how far the stream has been read, by its `id`. */
  readonly data: string
  /** Absent when the frame carried none: such a frame is news of the moment and cannot be resumed from. */
  readonly id?: string
}

/**
 * Reads server-sent events as the WHATWG HTML standard (section 9.2.6) defines them, from text that may be cut anywhere.
 * `onComment` hears of heartbeats. EventSource is not used: Node has none, and it cannot send an Authorization header.
 */
export async function* readEventStream(
  chunks: AsyncIterable<string>,
): AsyncGenerator<StreamFrame | 'heartbeat'> {
  let rest = ''
  let frame: PendingFrame = emptyFrame()
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith(':')) yield 'heartbeat'
      if (line !== '') {
        frame = withField(frame, line)
        continue
      }
      if (frame.data.length > 0 || frame.id !== undefined) yield finished(frame)
      frame = emptyFrame()
    }
  }
}

interface PendingFrame {
  readonly event: string
  readonly data: readonly string[]
  readonly id?: string
}

function emptyFrame(): PendingFrame {
  return { event: 'message', data: [] }
}

function withField(frame: PendingFrame, line: string): PendingFrame {
  const colon = line.indexOf(':')
  const name = colon === -1 ? line : line.slice(0, colon)
  const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
  if (name === 'event') return { ...frame, event: value }
  if (name === 'data') return { ...frame, data: [...frame.data, value] }
  if (name === 'id') return { ...frame, id: value }
  return frame
}

function finished({ event, data, id }: PendingFrame): StreamFrame {
  return { event, data: data.join('\n'), ...(id === undefined ? {} : { id }) }
}
