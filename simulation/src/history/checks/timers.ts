import { named, type Facts, type StoredRecord } from '../facts.ts'
import type { HistoryRecord, Terms } from '../record.ts'
import type { Violation } from '../violation.ts'

const promise = 'timers'

const sent: ReadonlySet<string> = new Set(['sent', 'delivered', 'seen'])
const over: ReadonlySet<string> = new Set(['cancelled', 'expired'])

/** What was to be sent later was sent in its time or not at all, as its status says. */
export function timersKept(facts: Facts): readonly Violation[] {
  const terms = new Map(named(facts.operations, 'send').map(({ invoke }) => [invoke.call.text, invoke.call]))
  const messages = [...facts.messagesByText.values()].flat()
  return [...messages.flatMap((record) => judge(facts, record, terms.get(record.message.text) ?? {})), ...cancelled(facts, messages)]
}

function judge(facts: Facts, record: StoredRecord<'message'>, { sendAt }: Terms): readonly Violation[] {
  const { status, text } = record.message
  const entries = facts.entriesByText.get(text) ?? []
  const broken = (what: string, ...proof: readonly HistoryRecord[]): Violation => ({ promise, what: `“${text}” ${what}`, proof: [record, ...entries, ...proof] })
  const contradiction = contradictionOf(status, entries)
  const isOverdue = status === 'scheduled' && sendAt !== undefined && sendAt < (facts.end?.quietSince ?? 0) - (facts.begin?.clockTolerance ?? 0)
  return [
    ...(contradiction === undefined ? [] : [broken(`is ${status}, and ${contradiction}`)]),
    ...(isOverdue ? [broken('was due, and never sent')] : []),
    ...(sendAt === undefined ? [] : tooEarly(facts, sendAt, entries).map(({ what, proof }) => broken(what, ...proof))),
  ]
}

/** Where the log does not say what the status says. */
function contradictionOf(status: string, entries: readonly StoredRecord<'entry'>[]): string | undefined {
  const isStanding = entries.some(({ entry }) => !entry.withdrawn)
  if (sent.has(status)) return isStanding ? undefined : 'not in the log'
  if (over.has(status)) return isStanding ? 'stands in the log all the same' : undefined
  return status === 'scheduled' && entries.length > 0 ? 'in the log already' : undefined
}

function tooEarly({ begin, durable }: Facts, sendAt: number, entries: readonly StoredRecord<'entry'>[]): readonly { readonly what: string; readonly proof: readonly HistoryRecord[] }[] {
  const earliest = sendAt - (begin?.clockTolerance ?? 0)
  return entries.flatMap(({ entry }) => {
    const kept = durable.get(entry.id)?.record
    if (kept && kept.at < earliest) return [{ what: `was sent ${String(sendAt - kept.at)} ms before its time`, proof: [kept] }]
    return entry.createdAt < earliest ? [{ what: `was sent ${String(sendAt - entry.createdAt)} ms before its time, by its own clock`, proof: [] }] : []
  })
}

function cancelled({ operations }: Facts, messages: readonly StoredRecord<'message'>[]): readonly Violation[] {
  const byId = new Map(messages.map((record) => [record.message.id, record]))
  return named(operations, 'cancel').flatMap(({ invoke, settled }): readonly Violation[] => {
    const record = byId.get(invoke.call.proactiveId)
    // What somebody has got already cannot be cancelled, which the answer says.
    if (settled?.kind !== 'ok' || settled.answer.status !== 'cancelled' || record?.message.status === 'cancelled') return []
    return [{ promise, what: `${invoke.call.proactiveId} was cancelled, and is ${record?.message.status ?? 'unknown'}`, proof: [invoke, settled, ...(record ? [record] : [])] }]
  })
}
