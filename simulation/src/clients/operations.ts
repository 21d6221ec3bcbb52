import { tracingIdOf } from '../history/frames.ts'
import type { Answer, Call } from '../history/record.ts'
import type { Recorder } from '../world/recorder.ts'

/** What a page has asked for on its socket, and what came of it. */
export interface Operations {
  /** Writes it down; the answer is the tracing id under which it is to be asked. */
  invoke(who: string, call: Call): { readonly op: number; readonly tracingId: string }
  isOpen(op: number): boolean
  ok(op: number, answer: Answer): void
  /** Undefined when it was answered before. `unknown`: whether it was done was not said. */
  refused(op: number, code: number, isUnknown: boolean): Call | undefined
  /** Every attempt at this message. */
  written(clientId: string, answer: Answer): void
  /** Nobody waits for the answer. */
  forget(op: number): void
  /** The socket is gone, and with it every answer. */
  lose(): void
}

export function createOperations(recorder: Recorder): Operations {
  const open = new Map<number, Call>()
  const ok = (op: number, answer: Answer): void => {
    if (open.delete(op)) recorder.add({ kind: 'ok', op, answer })
  }
  return {
    invoke(who, call) {
      const op = recorder.nextOp()
      recorder.add({ kind: 'invoke', op, who, call })
      open.set(op, call)
      return { op, tracingId: tracingIdOf(op) }
    },
    isOpen: (op) => open.has(op),
    ok,
    refused(op, code, isUnknown) {
      const call = open.get(op)
      if (open.delete(op)) recorder.add(isUnknown ? { kind: 'unknown', op, why: 'something went wrong there' } : { kind: 'fail', op, code: String(code) })
      return call
    },
    written(clientId, answer) {
      for (const [op, call] of open) if (call.name === 'write' && call.clientId === clientId) ok(op, answer)
    },
    forget: (op) => void open.delete(op),
    lose() {
      for (const op of open.keys()) recorder.add({ kind: 'unknown', op, why: 'the connection was lost' })
      open.clear()
    },
  }
}
