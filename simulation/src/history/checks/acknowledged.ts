import { named, type Facts, type Operation, type ViewRecord } from '../facts.ts'
import { linesOf } from '../frames.ts'
import type { Answer, Call, HistoryRecord } from '../record.ts'
import type { Violation } from '../violation.ts'

const promise = 'acknowledged-is-durable'

type Said = Extract<Call, { name: 'write' | 'send' }>

/** What was acknowledged must be in the store at the end, and nobody may have heard of it before it was there. */
export function acknowledgedIsDurable(facts: Facts): readonly Violation[] {
  return [...named(facts.operations, 'write', 'send').flatMap((operation) => judge(facts, operation)), ...shownTooEarly(facts), ...closings(facts)]
}

function judge(facts: Facts, { invoke, settled, settledIndex }: Operation<Said>): readonly Violation[] {
  if (settled?.kind !== 'ok') return []
  const { answer } = settled
  const proof: readonly HistoryRecord[] = [invoke, settled]
  const missing = invoke.call.name === 'write' ? missingEntry(facts, invoke.call, answer) : missingSend(facts, invoke.call, answer)
  if (missing !== undefined) return [{ promise, what: missing, proof }]
  // What is for later has its address long before it is there.
  const isThere = answer.messageId !== undefined && (invoke.call.name === 'write' || answer.status === 'sent')
  const kept = isThere ? facts.durable.get(answer.messageId ?? '') : undefined
  return kept && kept.index > settledIndex ? [{ promise, what: `“${invoke.call.text}” was acknowledged before it was durable`, proof: [...proof, kept.record] }] : []
}

function missingEntry(facts: Facts, call: Said, { messageId }: Answer): string | undefined {
  const kept = facts.entriesByText.get(call.text)?.some(({ entry }) => messageId === undefined || entry.id === messageId)
  return kept ? undefined : `“${call.text}” was acknowledged as ${messageId ?? 'a message'} and is not in the log`
}

/** One that was sent at once is in the log; one for later is remembered. */
function missingSend(facts: Facts, call: Said, answer: Answer): string | undefined {
  const stored = facts.messagesByText.get(call.text)?.some(({ message }) => answer.messageId === undefined || message.messageId === answer.messageId)
  if (stored === undefined && facts.messagesByText.size > 0) return `“${call.text}” was accepted, and the store knows no such message`
  if (stored === false) return `“${call.text}” was accepted as ${answer.messageId ?? ''}, and the store knows it under another id`
  return answer.status === 'sent' ? missingEntry(facts, call, answer) : undefined
}

function shownTooEarly({ views, durable }: Facts): readonly Violation[] {
  const early = ({ record, index }: ViewRecord): readonly Violation[] => {
    if (record.kind !== 'frame') return []
    return linesOf(record.frame).flatMap(({ id, text = '' }): readonly Violation[] => {
      const kept = durable.get(id)
      return kept && kept.index > index ? [{ promise, what: `“${text}” was shown before it was durable`, proof: [record, kept.record] }] : []
    })
  }
  return [...views.values()].flatMap((records) => records.flatMap(early))
}

/** A conversation that somebody was told is closed has its closing in the log; the same for opening it again. */
function closings({ operations, entries }: Facts): readonly Violation[] {
  const happened = new Set(entries.map(({ entry }) => `${entry.conversationId} ${entry.event ?? ''}`))
  return named(operations, 'close').flatMap(({ invoke, settled }): readonly Violation[] => {
    if (settled?.kind !== 'ok' || happened.has(`${invoke.call.conversationId} closed`)) return []
    return [{ promise, what: `conversation ${invoke.call.conversationId} was said to be closed, and its log knows no closing`, proof: [invoke, settled] }]
  })
}
