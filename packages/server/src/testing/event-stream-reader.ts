import { get, type IncomingMessage } from 'node:http'

export interface StreamFrame {
  readonly id?: string
  readonly event?: string
  readonly data?: ReturnType<typeof JSON.parse>
  /** A comment line. */
  readonly comment?: string
}

/** An open stream of server-sent events, read frame by frame. */
export interface StreamReader extends AsyncDisposable {
  readonly status: number
  readonly contentType: string
  /** The next frame; undefined when the stream has ended. */
  next(): Promise<StreamFrame | undefined>
  /** Frames up to and including the first that fits. */
  until(fits: (frame: StreamFrame) => boolean): Promise<readonly StreamFrame[]>
  /** Stops taking bytes from the socket, as a stalled reader does. */
  stall(): void
  /** Resolves when the connection is over, however it ended. */
  readonly ended: Promise<void>
}

export async function openStream(url: string, headers: Readonly<Record<string, string>>): Promise<StreamReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject)
  })
  const ended = new Promise<void>((resolve) => {
    response.once('close', resolve)
  })
  const frames = readFrames(response)
  const next = async (): Promise<StreamFrame | undefined> => {
    const frame = await frames.next()
    return frame.done ? undefined : frame.value
  }
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    next,
    async until(fits) {
      const read: StreamFrame[] = []
      for (let frame = await next(); frame; frame = await next()) {
        read.push(frame)
        if (fits(frame)) break
      }
      return read
    },
    stall: () => response.pause(),
    ended,
    [Symbol.asyncDispose]: async () => {
      response.destroy()
      await ended
    },
  }
}

async function* readFrames(response: IncomingMessage): AsyncGenerator<StreamFrame> {
  let rest = ''
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      const parts = (rest + String(chunk)).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) yield readFrame(part)
    }
  } catch {
    // A connection that is cut is over, which is all a reader wants to know.
  }
}

function readFrame(text: string): StreamFrame {
  const fields = text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const)
  const field = (name: string): string | undefined => fields.find(([key]) => key === name)?.[1]
  const [id, event, data, comment] = [field('id'), field('event'), field('data'), field('')]
  return {
    ...(id === undefined ? {} : { id }),
    ...(event === undefined ? {} : { event }),
    ...(data === undefined ? {} : { data: parse(data) }),
    ...(comment === undefined ? {} : { comment }),
  }
}

function parse(data: string): unknown {
  return JSON.parse(data)
}
