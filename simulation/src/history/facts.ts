import type { Begin, Call, Connected, Disconnected, Durable, End, EventsRead, FrameSeen, HistoryRecord, Invoke, Settled, Stored, StoredConversation, StoredEntry } from './record.ts'

/** A history laid out for questions. Places in it are indexes: what was written down earlier has the smaller one. */
export interface Facts {
  readonly begin: Begin | undefined
  readonly end: End | undefined
  readonly operations: readonly Operation[]
  readonly views: ReadonlyMap<string, readonly ViewRecord[]>
  readonly readers: ReadonlyMap<string, readonly EventsRead[]>
  readonly entries: readonly StoredRecord<'entry'>[]
  readonly entryAt: (conversationId: string, seq: number) => StoredEntry | undefined
  readonly entriesByText: ReadonlyMap<string, readonly StoredRecord<'entry'>[]>
  readonly messagesByText: ReadonlyMap<string, readonly StoredRecord<'message'>[]>
  readonly conversations: ReadonlyMap<string, StoredConversation>
  readonly events: readonly StoredRecord<'event'>[]
  /** By entry: where the store took it. Empty when the store does not tell. */
  readonly durable: ReadonlyMap<string, { readonly index: number; readonly record: Durable }>
  readonly broke: readonly Extract<HistoryRecord, { kind: 'broke' }>[]
}

export type StoredRecord<W extends Stored['what']> = Extract<Stored, { what: W }>

/** An invocation and what came of it. */
export interface Operation<C extends Call = Call> {
  readonly invoke: Invoke & { readonly call: C }
  readonly index: number
  readonly settled: Settled | undefined
  readonly settledIndex: number
}

/** What a view saw of the world, with its place in the history. */
export interface ViewRecord {
  readonly record: Connected | Disconnected | FrameSeen
  readonly index: number
}

export function factsOf(history: readonly HistoryRecord[]): Facts {
  const operations = new Map<number, { invoke: Invoke; index: number; settled: Settled | undefined; settledIndex: number }>()
  const views = new Map<string, ViewRecord[]>()
  const readers = new Map<string, EventsRead[]>()
  const durable = new Map<string, { index: number; record: Durable }>()
  const kept = { begin: undefined as Begin | undefined, end: undefined as End | undefined, broke: [] as Extract<HistoryRecord, { kind: 'broke' }>[] }
  const stored = createShelves()
  for (const [index, record] of history.entries()) {
    switch (record.kind) {
      case 'begin': kept.begin = record; break
      case 'end': kept.end = record; break
      case 'broke': kept.broke.push(record); break
      case 'invoke': operations.set(record.op, { invoke: record, index, settled: undefined, settledIndex: Infinity }); break
      case 'ok': case 'fail': case 'unknown': settle(operations.get(record.op), record, index); break
      case 'connected': case 'disconnected': case 'frame': push(views, record.view, { record, index }); break
      case 'events': push(readers, record.reader, record); break
      case 'durable': for (const id of record.entryIds) durable.set(id, { index, record }); break
      case 'stored': stored.put(record); break
      case 'fault': break
    }
  }
  return { ...kept, operations: [...operations.values()], views, readers, durable, ...stored.shelves }
}

function settle(operation: { settled: Settled | undefined; settledIndex: number } | undefined, record: Settled, index: number): void {
  if (!operation || operation.settled) return
  operation.settled = record
  operation.settledIndex = index
}

function createShelves() {
  const places = new Map<string, StoredEntry>()
  const shelves = {
    entries: [] as StoredRecord<'entry'>[],
    events: [] as StoredRecord<'event'>[],
    entriesByText: new Map<string, StoredRecord<'entry'>[]>(),
    messagesByText: new Map<string, StoredRecord<'message'>[]>(),
    conversations: new Map<string, StoredConversation>(),
    entryAt: (conversationId: string, seq: number) => places.get(`${conversationId} ${String(seq)}`),
  }
  const put = (record: Stored): void => {
    if (record.what === 'conversation') shelves.conversations.set(record.conversation.id, record.conversation)
    else if (record.what === 'event') shelves.events.push(record)
    else if (record.what === 'message') push(shelves.messagesByText, record.message.text, record)
    else {
      const { entry } = record
      shelves.entries.push(record)
      places.set(`${entry.conversationId} ${String(entry.seq)}`, entry)
      if (entry.text !== undefined) push(shelves.entriesByText, entry.text, record)
    }
  }
  return { shelves, put }
}

export function push<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}

/** The operations of one name, with their own kind of call. */
export function named<N extends Call['name']>(operations: readonly Operation[], ...names: readonly N[]): readonly Operation<CallNamed<N>>[] {
  const wanted: readonly string[] = names
  return operations.filter((one): one is Operation<CallNamed<N>> => wanted.includes(one.invoke.call.name))
}

export type CallNamed<N extends Call['name'], C extends Call = Call> = C extends { readonly name: infer M } ? ([M & N] extends [never] ? never : C) : never

/** Everything that was written down about an operation. */
export function recordsOf(operations: readonly Operation[]): readonly HistoryRecord[] {
  return operations.flatMap(({ invoke, settled }) => (settled ? [invoke, settled] : [invoke]))
}

