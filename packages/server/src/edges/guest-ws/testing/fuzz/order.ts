import type { Frame } from '../guest-edge.ts'

/** What one socket may count on by the numbers on its messages, whatever they say. */
export interface Order {
  /** What is wrong with the frames that came, in the order in which they came. */
  readonly problemsOf: (frames: readonly Frame[]) => readonly string[]
}

export function createOrder(): Order {
  let latestTime = ''
  const latestSeq = new Map<unknown, number>()
  const known = new Set<unknown>()
  const knownEver = new Set<unknown>()
  const check = (body: Frame['body'], isRead: boolean): readonly string[] => {
    const problems: string[] = []
    const { id, seq, conversationId } = body
    // Whoever repeats what they said is told again of the first, also when that was before they resumed; how often, the model knows.
    if (known.has(id) || (!isRead && knownEver.has(id))) return problems
    known.add(id)
    knownEver.add(id)
    const time = timeOf(body)
    if (time !== undefined && time <= latestTime) problems.push(`the moment ${time} came after ${latestTime}`)
    latestTime = time ?? latestTime
    if (typeof seq !== 'number') return problems
    const before = latestSeq.get(conversationId)
    if (before !== undefined && seq !== before + 1) problems.push(`seq ${seq} came after ${before}`)
    latestSeq.set(conversationId, seq)
    return problems
  }
  return {
    problemsOf: (frames) =>
      frames.flatMap((frame) => {
        if (frame.class === 'SessionResponse') {
          latestTime = ''
          latestSeq.clear()
          known.clear()
        }
        if (frame.class === 'History') return entitiesOf(frame).flatMap((entity) => check(entity, true))
        return frame.class === 'StructuredMessage' ? check(frame.body, false) : []
      }),
  }
}

function entitiesOf({ body }: Frame): readonly Frame['body'][] {
  const entities: readonly Frame['body'][] = Array.isArray(body['entities']) ? body['entities'] : []
  return entities
}

/** Of what is kept only: a typing or an arrival that is merely acknowledged takes no place. */
function timeOf({ type, channel, kind }: Frame['body']): string | undefined {
  if (type === 'Event' && kind !== 'event') return undefined
  return typeof channel === 'object' && channel !== null && 'time' in channel ? String(channel.time) : undefined
}
