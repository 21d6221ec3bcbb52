import type { MeasuredProcess } from '../load/driver.ts'
import type { Figures } from '../load/run-job.ts'
import { cpuSeconds, treeCpuSeconds } from '../process-accounting.ts'

export interface CpuWindow {
  /**
   * CPU since the window opened, in microseconds per message: `serverMicros` of everything that is measured, `generatorMicros` of this
   * generator, and where a system has several parts `nodeMicros`, `postgresMicros`, `natsMicros`.
   */
  perMessage(messages: number): Figures
}

export function openCpuWindow(processes: readonly MeasuredProcess[]): CpuWindow {
  const parts = Map.groupBy(processes, ({ part }) => part)
  const before = secondsOf(parts)
  const generatorBefore = cpuSeconds(process.pid)
  return {
    perMessage: (messages) => {
      const after = secondsOf(parts)
      const micros = [...after].map(([part, seconds]) => [part, ((seconds - (before.get(part) ?? 0)) * 1e6) / messages] as const)
      return {
        serverMicros: micros.reduce((sum, [, value]) => sum + value, 0),
        generatorMicros: ((cpuSeconds(process.pid) - generatorBefore) * 1e6) / messages,
        ...(parts.size === 1 ? {} : Object.fromEntries(micros.map(([part, value]) => [`${part}Micros`, value]))),
      }
    },
  }
}

function secondsOf(parts: ReadonlyMap<string, readonly MeasuredProcess[]>): ReadonlyMap<string, number> {
  return new Map([...parts].map(([part, processes]) => [part, processes.reduce((sum, { pid }) => sum + treeCpuSeconds(pid), 0)]))
}
