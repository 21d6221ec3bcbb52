import { must } from '../../must.ts'

/** What a sender waits for, by the number that the server's acknowledgement names. */
export interface WaitingAcks {
  readonly expect: (id: number) => Promise<void>
  readonly settle: (id: number) => void
}

export function createWaitingAcks(): WaitingAcks {
  const waiting = new Map<number, () => void>()
  return {
    expect: (id) => new Promise((resolve) => { waiting.set(id, resolve) }),
    settle: (id) => {
      must(waiting.get(id), `what ${id} acknowledges`)()
      waiting.delete(id)
    },
  }
}
