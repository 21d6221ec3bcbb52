import { named, push, recordsOf, type CallNamed, type Facts, type Operation } from '../facts.ts'
import type { Violation } from '../violation.ts'

const promise = 'exactly-once'

type Said = Operation<CallNamed<'write' | 'send'>>

/** Attempts that mean the same message make one at most, one at least if any was acknowledged, and none if all were refused. */
export function exactlyOnce(facts: Facts): readonly Violation[] {
  const byText = new Map<string, Said[]>()
  for (const operation of named(facts.operations, 'write', 'send')) push(byText, operation.invoke.call.text, operation)
  return [...[...byText].flatMap(([text, attempts]) => judge(facts, text, attempts)), ...unasked(facts, byText)]
}

function judge(facts: Facts, text: string, attempts: readonly Said[]): readonly Violation[] {
  const entries = facts.entriesByText.get(text) ?? []
  const messages = facts.messagesByText.get(text) ?? []
  const proof = [...recordsOf(attempts), ...entries, ...messages]
  const most = Math.max(entries.length, messages.length)
  if (most > 1) return [{ promise, what: `“${text}” is there ${String(most)} times`, proof }]
  const areRefused = attempts.every(({ settled }) => settled?.kind === 'fail')
  if (areRefused && most > 0) return [{ promise, what: `“${text}” was refused every time, and is there all the same`, proof }]
  return []
}

function unasked({ entriesByText }: Facts, asked: ReadonlyMap<string, unknown>): readonly Violation[] {
  return [...entriesByText].flatMap(([text, entries]): readonly Violation[] =>
    asked.has(text) || text === '' ? [] : [{ promise, what: `“${text}” is there, and nobody wrote it`, proof: entries }],
  )
}
