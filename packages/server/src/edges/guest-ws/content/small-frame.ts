import { messageInWords, pushFrame, type MessageBody } from '@beckon/protocol'

/** One client reads into a buffer of 16 KiB and loses what does not fit (guest-protocol 6.22). */
const smallBufferBytes = 16_384

/**
 * A message as the frame that every client can read. What both sides may write fits as it is; what a program added, or
 * JSON's spelling of what is no writing, gives way first, and structured content goes on as words.
 */
export function smallFrame(body: MessageBody, tracingId?: string): string {
  for (const shorten of shorter) {
    const frame = JSON.stringify(pushFrame('StructuredMessage', shorten(body), tracingId))
    if (Buffer.byteLength(frame) <= smallBufferBytes) return frame
  }
  return JSON.stringify(pushFrame('StructuredMessage', inWords(readable(body)), tracingId))
}

const shorter = [(body: MessageBody): MessageBody => body, withoutMetadata, (body: MessageBody): MessageBody => readable(withoutMetadata(body))]

/** A guest's own metadata comes back untouched: their client knows its message by it. */
function withoutMetadata(body: MessageBody): MessageBody {
  if (body.direction === 'Inbound') return body
  const { metadata: _, ...rest } = body
  return rest
}

/** Control characters take six bytes each in JSON, and nobody sees them. */
function readable(body: MessageBody): MessageBody {
  return { ...body, text: (body.text ?? '').replaceAll(/[\u0001-\u0008\u000b\u000e-\u001f]/g, '') }
}

function inWords(body: MessageBody): MessageBody {
  const { content: _, ...rest } = withoutMetadata(body)
  return { ...rest, type: 'Text', text: messageInWords(body) }
}
