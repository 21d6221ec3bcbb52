import type { Frame } from '../guest-edge.ts'

/** One thing that a connection was told, as the model speaks of it. */
export type Seen =
  | `said ${string}` | `heard ${string}` | `session ${string}` | `refused ${number}`
  | 'expired' | 'cleared' | 'closed' | 'typing' | 'join' | 'clear' | 'disconnect' | 'disconnect true' | 'disconnect false' | 'key' | `unheard-of ${string}`

/** What a frame tells; nothing for the additions' own notices, which are no part of the common protocol. */
export function seenIn(frame: Frame): readonly Seen[] {
  const tell = tellers[frame.class]
  if (tell) return tell(frame)
  return own.has(frame.class) ? [] : [`unheard-of ${frame.class}`]
}

const own = new Set(['Conversation', 'Receipt', 'SessionExpiring'])

const tellers: Readonly<Record<string, (frame: Frame) => readonly Seen[]>> = {
  SessionResponse: ({ body }) => [`session ${body['connected'] === true ? 'connected' : 'left'} ${body['newSession'] === true ? 'new' : 'old'} ${body['readOnly'] === true ? 'read-only' : 'writable'}`],
  StructuredMessage: ({ body }) => seenInMessage(body),
  History: ({ body }) => (Array.isArray(body['entities']) ? body['entities'] : []).flatMap((entity: Frame['body']) => (entity['kind'] === 'message' ? seenInMessage(entity) : [])),
  SessionExpiredEvent: () => ['expired'],
  SessionClearedEvent: () => ['cleared'],
  ConnectionClosedEvent: () => ['closed'],
  JwtResponse: () => ['key'],
  string: ({ code }) => [`refused ${code}`],
  TooManyRequestsErrorMessage: ({ code }) => [`refused ${code}`],
}

function seenInMessage(body: Frame['body']): readonly Seen[] {
  if (body['type'] !== 'Event') return [`${body['direction'] === 'Inbound' ? 'said' : 'heard'} ${String(body['text'])}`]
  // To whoever asked for the additions, events of the log are entries of their own.
  if (body['kind'] === 'event') return body['event'] === 'closed' ? ['disconnect'] : presenceIn(body)
  return presenceIn(body)
}

function presenceIn(body: Frame['body']): readonly Seen[] {
  const events: readonly { readonly presence?: { readonly type?: string } }[] = Array.isArray(body['events']) ? body['events'] : []
  const metadata = body['metadata']
  return events.flatMap(({ presence }): readonly Seen[] => {
    if (presence === undefined) return ['typing']
    if (presence.type === 'Disconnect') return [isReadOnly(metadata) ? 'disconnect true' : 'disconnect false']
    return presence.type === 'Join' ? ['join'] : ['clear']
  })
}

function isReadOnly(metadata: unknown): boolean {
  return typeof metadata === 'object' && metadata !== null && 'readOnly' in metadata && metadata.readOnly === 'true'
}
