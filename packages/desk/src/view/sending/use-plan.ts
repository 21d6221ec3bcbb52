import { useEffect, useState } from 'react'
import { BeckonRefusal } from '@beckon/client'
import { planInWords } from '../../state/plan-in-words.ts'
import { reasonOf } from '../../state/thread.ts'
import type { SendPlan } from '@beckon/protocol'

/** What sending would do, in words; or why it would be refused. */
export interface PlanLine {
  readonly words: string
  readonly isRefusal: boolean
}

/** How long typing must rest before the server is asked. */
const restMs = 300

/** Asks the server for the plan whenever `question` changes; undefined while there is nothing to ask or no answer yet. */
export function usePlan(question: string | undefined, ask: () => Promise<SendPlan>, now: number): PlanLine | undefined {
  const [plan, setPlan] = useState<SendPlan | Error>()

  useEffect(() => {
    if (question === undefined) return undefined
    let isCurrent = true
    const timer = setTimeout(() => {
      ask().then(
        (answer) => isCurrent && setPlan(answer),
        (error: unknown) => isCurrent && setPlan(error instanceof Error ? error : new Error(String(error))),
      )
    }, restMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
    // `question` stands for everything that `ask` depends on.
  }, [question])

  if (question === undefined || plan === undefined) return undefined
  if (plan instanceof Error) return { words: reasonOf(plan), isRefusal: plan instanceof BeckonRefusal }
  return { words: planInWords(plan, now), isRefusal: false }
}
