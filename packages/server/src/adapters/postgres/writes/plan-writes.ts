import type { DomainEvent } from '@beckon/core'
import type { Statement } from '../connect.ts'
import type { Ask, Write } from './encode.ts'
import { statement } from './rare.ts'
import { rowsFrom, rowTables, writeRows, type Cell, type RowTableName } from './row-tables.ts'

export type Step = Statement | { readonly run: (ask: Ask) => Promise<void> }

/** Everything that a batch writes, in the order in which it is sent. */
export interface WritePlan {
  /** Takes the places in the feed and remembers the batch; answers with `first`, the first place, where there are events. */
  readonly opening: Statement
  readonly steps: readonly Step[]
  readonly hasEvents: boolean
}

interface PlannedEvent {
  readonly event: DomainEvent
  contactId: string | null
  data: string | null
}

/**
 * Naive: a statement for each change, so that a batch of hundreds sends hundreds of them.
 * Here: rows are gathered by table, the last of one row wins, and the very first statement writes all of them. What cannot be gathered
 * is written between: what was gathered before it goes first. Events are part of that first statement whatever their place among the
 * changes: the transaction has its number from then on, and numbers must be taken in the order of places.
 */
export function planWrites(batchId: string, writes: readonly Write[]): WritePlan {
  const gathered = createGathered()
  const events: PlannedEvent[] = []
  const steps: Step[] = []
  let first: readonly Statement[] | undefined
  const flush = (): readonly Statement[] => {
    const { puts, others } = gathered.flush()
    if (first) return [...puts, ...others]
    first = puts
    return others
  }
  for (const write of writes) {
    if (write.kind === 'event') events.push(plannedEvent(write))
    else if (write.kind === 'events-change') changeEvents(events, write)
    else if (write.kind === 'statements') steps.push(...flush(), ...write.statements)
    else if (write.kind === 'steps') steps.push(...flush(), { run: write.run })
    else gathered.add(write)
  }
  steps.push(...flush())
  return { opening: together(opening(batchId, events), first ?? []), steps, hasEvents: events.length > 0 }
}

type Gatherable = Extract<Write, { kind: 'row' | 'drop-timer' | 'withdraw' }>

function createGathered() {
  const rows = new Map<RowTableName, Map<string, readonly Cell[]>>()
  const dropped = new Set<string>()
  const withdrawn: Extract<Write, { kind: 'withdraw' }>[] = []
  let appended = 0

  const put = (table: RowTableName, key: string, cells: readonly Cell[]): void => {
    const known = rows.get(table) ?? new Map<string, readonly Cell[]>()
    rows.set(table, known)
    // Taken out first, so that a key that one row gives up is free before another row takes it.
    known.delete(key)
    known.set(key, cells)
  }
  return {
    add(write: Gatherable): void {
      if (write.kind === 'withdraw') {
        withdrawn.push(write)
      } else if (write.kind === 'drop-timer') {
        rows.get('timers')?.delete(write.id)
        dropped.add(write.id)
      } else {
        if (write.table === 'timers') dropped.delete(write.key)
        appended += 1
        const isAppend = !('onConflict' in rowTables[write.table])
        put(write.table, isAppend ? String(appended) : write.key, write.cells)
      }
    },
    /** Rows that are put, each table once; and what is done after that. */
    flush(): { readonly puts: readonly Statement[]; readonly others: readonly Statement[] } {
      const names = Object.keys(rowTables) as RowTableName[]
      const puts = names.flatMap((name) => {
        const all = [...(rows.get(name)?.values() ?? [])]
        return all.length > 0 ? [writeRows(name, all)] : []
      })
      const others = [...(withdrawn.length > 0 ? [withdraw(withdrawn)] : []), ...(dropped.size > 0 ? [dropTimers(dropped)] : [])]
      rows.clear()
      dropped.clear()
      withdrawn.length = 0
      return { puts, others }
    },
  }
}

function dropTimers(ids: ReadonlySet<string>): Statement {
  return statement('drop timers', 'DELETE FROM timers WHERE id = ANY($1::text[])', [...ids].toSorted())
}

function withdraw(entries: readonly { readonly conversationId: string; readonly seq: number }[]): Statement {
  return statement('withdraw entries', `UPDATE entries SET withdrawn = true FROM unnest($1::text[], $2::integer[]) AS asked (conversation_id, seq)
    WHERE entries.conversation_id = asked.conversation_id AND entries.seq = asked.seq`, entries.map(({ conversationId }) => conversationId), entries.map(({ seq }) => seq))
}

/** Whose an event is follows from its conversation, and is written down only where there is none. */
function plannedEvent({ event, data }: Extract<Write, { kind: 'event' }>): PlannedEvent {
  return { event, contactId: event.conversationId === undefined ? (event.contactId ?? null) : null, data }
}

function changeEvents(events: readonly PlannedEvent[], { of, into }: Extract<Write, { kind: 'events-change' }>): void {
  for (const planned of events) {
    if (planned.event.contactId !== of && planned.contactId !== of) continue
    if (into === undefined) planned.data = null
    else if (planned.contactId === of) planned.contactId = into
  }
}

/** The start of a batch's first statement. */
interface Opening {
  readonly name: string
  readonly parts: readonly string[]
  readonly main: string
  readonly values: readonly unknown[]
}

function opening(batchId: string, events: readonly PlannedEvent[]): Opening {
  if (events.length === 0) return { name: 'remember', parts: [], main: 'INSERT INTO commits (id) VALUES ($1)', values: [batchId] }
  return {
    name: 'append',
    parts: [
      'place AS MATERIALIZED (SELECT first, writer FROM take_event_positions($1))',
      'remembered AS (INSERT INTO commits (id, first_position) SELECT $2::uuid, first FROM place)',
      `appended AS (INSERT INTO events (position, writer, type, at, contact_id, conversation_id, entry_seq, data)
        SELECT place.first + event.number - 1, place.writer, event.type, event.at, event.contact_id, event.conversation_id, event.entry_seq, event.data
        FROM place, unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::integer[], $8::json[]) WITH ORDINALITY
          AS event (type, at, contact_id, conversation_id, entry_seq, data, number))`,
    ],
    main: 'SELECT first FROM place',
    values: [
      events.length, batchId,
      events.map(({ event }) => event.type), events.map(({ event }) => event.at), events.map(({ contactId }) => contactId),
      events.map(({ event }) => event.conversationId ?? null), events.map(({ event }) => event.entrySeq ?? null), events.map(({ data }) => data),
    ],
  }
}

/**
 * The opening and the rows of several tables as one statement, which is fewer on the way; of processor time it saves nothing that could be measured.
 * Where places are taken, every part is joined to them, so that none can write, and so give the transaction its number, before.
 */
function together({ name, parts, main, values }: Opening, puts: readonly Statement[]): Statement {
  const all = [...parts]
  const every = [...values]
  for (const [index, put] of puts.entries()) {
    const before = every.length
    const shifted = put.text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${String(Number(number) + before)}`)
    all.push(`rows_${String(index)} AS (${parts.length > 0 ? shifted.replace(rowsFrom, `${rowsFrom}place, `) : shifted})`)
    every.push(...put.values)
  }
  return {
    // The engine tells names apart by their first 63 characters.
    name: [name, ...puts.map((put) => put.name?.slice(-2) ?? '')].join(' '),
    text: all.length > 0 ? `WITH ${all.join(', ')} ${main}` : main,
    values: every,
  }
}
