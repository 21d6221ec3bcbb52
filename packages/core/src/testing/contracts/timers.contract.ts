import { describe, expect, test } from 'vitest'
import { milliseconds, type Duration } from '../../domain/instant.ts'
import type { Timers } from '../../ports/timers.ts'

/** Timers, and the way to let time pass for them: real waiting for real timers. */
export interface TimersUnderTest {
  readonly timers: Timers
  readonly pass: (time: Duration) => void | Promise<void>
}

/** What every way of waiting promises. */
export function timersContract(open: () => TimersUnderTest): void {
  describe('timers', () => {
    test('call back once, and not before the wait is over', async () => {
      const { timers, pass } = open()
      const calls: string[] = []

      timers.after(milliseconds(40), () => calls.push('called'))
      expect(calls).toEqual([])
      await pass(milliseconds(60))
      await pass(milliseconds(60))

      expect(calls).toEqual(['called'])
    })

    test('never call back within the call that starts the wait, however short it is', async () => {
      const { timers, pass } = open()
      const calls: string[] = []

      timers.after(milliseconds(0), () => calls.push('called'))
      expect(calls).toEqual([])
      await pass(milliseconds(20))

      expect(calls).toEqual(['called'])
    })

    test('do not call back once taken back, and taking back again does nothing', async () => {
      const { timers, pass } = open()
      const calls: string[] = []

      const takeBack = timers.after(milliseconds(10), () => calls.push('called'))
      takeBack()
      takeBack()
      await pass(milliseconds(40))

      expect(calls).toEqual([])
    })

    test('call back in the order of their moments', async () => {
      const { timers, pass } = open()
      const calls: string[] = []

      timers.after(milliseconds(40), () => calls.push('later'))
      timers.after(milliseconds(5), () => calls.push('sooner'))
      await pass(milliseconds(80))

      expect(calls).toEqual(['sooner', 'later'])
    })
  })
}
