import type { GuestPhase } from '../guest.ts'

/** What can happen to a connection. */
export type GuestSignal =
  | 'connect'
  | 'opened'
  | 'configured'
  | 'reconfigure'
  | 'expired'
  | 'dropped'
  | 'retryDue'
  | 'refused'
  | 'ended'
  | 'disconnect'

/** What the connection has to do when it enters a phase by a row. */
export type PhaseAction = 'openSocket' | 'configure' | 'closeSocket'

export interface PhaseRow {
  readonly from: readonly GuestPhase[]
  readonly on: GuestSignal
  readonly to: GuestPhase
  readonly does: readonly PhaseAction[]
}

const withSocket: readonly GuestPhase[] = ['connecting', 'configuring', 'live', 'expired']
const withOpenSocket: readonly GuestPhase[] = ['configuring', 'live', 'expired']

/** The life of a guest's connection. What is not here does not happen: the signal is ignored. */
export const phaseRows: readonly PhaseRow[] = [
  { from: ['idle', 'waiting', 'closed', 'failed'], on: 'connect', to: 'connecting', does: ['openSocket'] },
  { from: ['waiting'], on: 'retryDue', to: 'connecting', does: ['openSocket'] },
  { from: ['connecting'], on: 'opened', to: 'configuring', does: ['configure'] },
  { from: withOpenSocket, on: 'configured', to: 'live', does: [] },
  { from: ['live'], on: 'reconfigure', to: 'configuring', does: ['configure'] },
  { from: ['live'], on: 'expired', to: 'expired', does: ['configure'] },
  { from: withSocket, on: 'dropped', to: 'waiting', does: ['closeSocket'] },
  { from: withSocket, on: 'refused', to: 'failed', does: ['closeSocket'] },
  { from: withOpenSocket, on: 'ended', to: 'closed', does: ['closeSocket'] },
  { from: ['idle', 'waiting', 'failed', ...withSocket], on: 'disconnect', to: 'closed', does: ['closeSocket'] },
]

export function nextPhase(phase: GuestPhase, signal: GuestSignal): PhaseRow | undefined {
  return phaseRows.find((row) => row.on === signal && row.from.includes(phase))
}
