import type { HistoryRecord, Invoke } from '../../history/record.ts'
import type { Counts } from './report.ts'

/** How much a history is about. */
export function countsOf(history: readonly HistoryRecord[]): Counts {
  const invoked = history.filter((record) => record.kind === 'invoke')
  const stored = history.filter((record) => record.kind === 'stored')
  const named = invoked.map(({ call }) => nameOf(call)).filter((name) => name !== undefined)
  const scheduled = invoked.filter(({ call }) => call.name === 'send' && call.sendAt !== undefined).map(({ call }) => nameOf(call))
  const entries = stored.filter(({ what }) => what === 'entry')
  const messages = entries.filter((record) => record.what === 'entry' && record.entry.text !== undefined)
  return {
    seconds: Math.round(((history.at(-1)?.at ?? 0) - (history[0]?.at ?? 0)) / 1000),
    requests: invoked.length,
    retries: named.length - new Set(named).size,
    unknown: history.filter(({ kind }) => kind === 'unknown').length,
    messages: messages.length,
    scheduled: new Set(scheduled).size,
    sockets: history.filter(({ kind }) => kind === 'connected').length,
    entries: entries.length,
    events: stored.filter(({ what }) => what === 'event').length,
  }
}

/** By what a repetition is told to be one. */
function nameOf(call: Invoke['call']): string | undefined {
  if (call.name === 'write') return `write ${call.clientId}`
  return 'key' in call && call.key !== undefined ? `key ${call.key}` : undefined
}
