import type { Answer, Work } from '@beckon/core'
import type { Plant } from './plant.ts'

/** Remembered answers are kept by the process that gave them: another node, or the next life of this one, knows none. */
export const forgetfulKeys: Plant = {
  name: 'forgetful-keys',
  store(store) {
    const answers = new Map<string, Answer>()
    return {
      ...store,
      transact<T>({ need: { idempotencyKey: key, ...need }, decide }: Work<T>): Promise<T> {
        return store.transact({
          need,
          decide: (found) => {
            const answer = key === undefined ? undefined : answers.get(key)
            const { result, changes } = decide(answer ? { ...found, answer } : found)
            for (const change of changes) if (change.kind === 'put-answer') answers.set(change.answer.key, change.answer)
            return { result, changes: changes.filter(({ kind }) => kind !== 'put-answer') }
          },
        })
      },
    }
  },
}
