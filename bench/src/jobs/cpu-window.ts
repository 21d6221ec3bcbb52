import { cpuSeconds } from '../process-accounting.ts'

export interface CpuWindow {
  /** CPU of the measured server and of this generator since the window opened, in microseconds per message. */
  perMessage(messages: number): { readonly serverMicros: number; readonly generatorMicros: number }
}

export function openCpuWindow(serverPid: number): CpuWindow {
  const serverBefore = cpuSeconds(serverPid)
  const generatorBefore = cpuSeconds(process.pid)
  return {
    perMessage: (messages) => ({
      serverMicros: ((cpuSeconds(serverPid) - serverBefore) * 1e6) / messages,
      generatorMicros: ((cpuSeconds(process.pid) - generatorBefore) * 1e6) / messages,
    }),
  }
}
