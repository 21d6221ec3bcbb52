import { conversationOf, isReset, linesOf, opOf, sessionPlaceOf } from './frames.ts'
import type { Call, GuestFrame, HistoryRecord, Stored } from './record.ts'

/** A history for people: a line for each record that matters, the time since the beginning in front. */
export function renderTimeline(history: readonly HistoryRecord[]): readonly string[] {
  const start = history[0]?.at ?? 0
  const short = createShortIds()
  return history.flatMap((record) => {
    const said = say(record)
    return said === undefined ? [] : [`${clock(record.at - start)}  ${short(said)}`]
  })
}

function clock(ms: number): string {
  const [minutes, seconds, rest] = [Math.floor(ms / 60_000), Math.floor(ms / 1000) % 60, ms % 1000]
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${String(rest).padStart(3, '0')}`
}

/** Ids are for machines: people are shown each by a number. */
function createShortIds(): (text: string) => string {
  const numbers = new Map<string, string>()
  return (text) =>
    text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      const known = numbers.get(id) ?? `#${String(numbers.size + 1)}`
      numbers.set(id, known)
      return known
    })
}

function say(record: HistoryRecord): string | undefined {
  switch (record.kind) {
    case 'begin': return `a ${record.what} begins${record.seed === undefined ? '' : `, seed ${String(record.seed)}`}`
    case 'invoke': return `${record.who} → ${record.node ?? ''} [${String(record.op)}] ${sayCall(record.call)}`
    case 'ok': return `   ok [${String(record.op)}] ${JSON.stringify(record.answer)}`
    case 'fail': return `   refused [${String(record.op)}] ${record.code}`
    case 'unknown': return `   nobody knows [${String(record.op)}]: ${record.why}`
    case 'connected': return `${record.view} is connected to ${record.node ?? 'a node'}`
    case 'disconnected': return `${record.view} is disconnected`
    // An echo says no more than that somebody is there.
    case 'frame': return record.frame.class === 'StructuredMessage' && linesOf(record.frame).length === 0 ? undefined : sayFrame(record.view, record.frame)
    case 'events': return record.events.length === 0 ? undefined : `${record.reader} is told of ${record.events.map(({ id, type }) => `${id} ${type}`).join(', ')}`
    case 'durable': return `   durable, by ${record.node ?? 'a node'}: ${record.entryIds.join(' ')}`
    case 'fault': return `*** ${record.fault}${record.node === undefined ? '' : ` of ${record.node}`}${record.forMs === undefined ? '' : ` for ${String(record.forMs)} ms`}`
    case 'broke': return `!!! ${record.node ?? 'a node'}: ${record.error}`
    case 'stored': return sayStored(record)
    case 'end': return 'the end'
  }
}

function sayCall(call: Call): string {
  const { name, ...rest } = call
  return `${name} ${JSON.stringify(rest)}`
}

function sayFrame(view: string, frame: GuestFrame): string {
  const op = opOf(frame)
  const what = [frame.class, frame.code === 200 ? '' : String(frame.code), op === undefined ? '' : `[${String(op)}]`, isReset(frame) ? 'reset' : '']
  const lines = linesOf(frame).map(({ conversationId, seq, text }) => `${conversationId}/${String(seq)}${text === undefined ? '' : ` “${text}”`}`)
  const place = sessionPlaceOf(frame)
  const thread = place?.conversation ?? (frame.class === 'Conversation' ? conversationOf(frame.body) : undefined)
  const stands = thread ? `${thread.id} is ${thread.status} up to ${String(thread.lastSeq)}${place ? `, ${place.resumed ? 'resumed' : 'from anew'}` : ''}` : ''
  return `   ${view} ← ${[...what, ...lines, stands].filter((part) => part !== '').join(' ')}`
}

function sayStored(record: Stored): string | undefined {
  switch (record.what) {
    case 'conversation': return `in the store: conversation ${record.conversation.id} is ${record.conversation.status} up to ${String(record.conversation.lastSeq)}`
    case 'entry': return `in the store: ${record.entry.conversationId}/${String(record.entry.seq)} ${record.entry.event ?? `“${record.entry.text ?? ''}”`}${record.entry.withdrawn ? ', withdrawn' : ''}`
    case 'message': return `in the store: message “${record.message.text}” is ${record.message.status}`
    case 'event': return undefined
  }
}
