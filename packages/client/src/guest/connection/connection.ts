import { backoffMs } from './backoff.ts'
import type { GuestFailure, GuestPhase } from '../guest.ts'
import type { GuestSocket, OpenGuestSocket } from './guest-socket.ts'
import type { GuestSurroundings } from '../guest-surroundings.ts'
import { nextPhase, type GuestSignal, type PhaseAction } from './phases.ts'
import { readFrame, type GuestFrame } from '../wire/read-frame.ts'

/** One guest's way to the server: at most one socket at a time, and the phase it is in. */
export interface Connection {
  readonly phase: () => GuestPhase
  /** Milliseconds since 1970, while waiting. */
  readonly retryAt: () => number | undefined
  readonly failure: () => GuestFailure | undefined
  readonly signal: (signal: GuestSignal) => void
  /** Ends in `failed`, with the reason. */
  readonly fail: (failure: GuestFailure) => void
  /** False when the connection is not live: nothing was sent. */
  readonly send: (frame: string) => boolean
  /** Holds the next attempts back for as long as the server asks. */
  readonly holdBack: (delayMs: number) => void
  readonly wake: () => void
}

export interface ConnectionDeps {
  readonly url: string
  readonly openSocket: OpenGuestSocket
  readonly surroundings: GuestSurroundings
  /** The frame that takes up the session, made afresh for every attempt. */
  readonly configure: () => string
  readonly echo: () => string
  readonly received: (frame: GuestFrame) => void
  readonly changed: (phase: GuestPhase) => void
}

/** Opening, configuring and renewing may each take this long before the attempt counts as failed. */
const attemptMs = 15_000
/** A live socket that has been silent this long is asked whether it lives. The server allows two such checks a minute. */
const silenceMs = 45_000
const echoMs = 10_000
/** A connection that held this long was a good one: the next loss starts with a short pause again. */
const steadyMs = 5000

export function createConnection(deps: ConnectionDeps): Connection {
  const line: Line = {
    deps,
    phase: 'idle',
    socket: undefined,
    failure: undefined,
    retryAt: undefined,
    attempt: 0,
    heldUntil: 0,
    liveSince: 0,
    lastHeardAt: 0,
    isProbing: false,
    cancelTimer: () => {},
  }
  return {
    phase: () => line.phase,
    retryAt: () => line.retryAt,
    failure: () => line.failure,
    signal: (name) => signal(line, name),
    fail: (failure) => fail(line, failure),
    send: (frame) => {
      if (line.phase !== 'live') return false
      line.socket?.send(frame)
      return true
    },
    holdBack: (delayMs) => {
      line.heldUntil = deps.surroundings.now() + delayMs
    },
    wake: () => wake(line),
  }
}

interface Line {
  readonly deps: ConnectionDeps
  phase: GuestPhase
  socket: GuestSocket | undefined
  failure: GuestFailure | undefined
  retryAt: number | undefined
  attempt: number
  heldUntil: number
  liveSince: number
  lastHeardAt: number
  isProbing: boolean
  cancelTimer: () => void
}

/** The one place where a phase changes: finds the row, sets the phase's timer, does what the row says. */
function signal(line: Line, name: GuestSignal): void {
  const row = nextPhase(line.phase, name)
  if (row === undefined) return
  const now = line.deps.surroundings.now()
  const wasSteady = line.phase === 'live' && now - line.liveSince >= steadyMs
  if (wasSteady || name === 'connect') line.attempt = 0
  if (row.to === 'live') line.liveSince = now
  if (row.to !== 'failed') line.failure = undefined
  line.phase = row.to
  line.retryAt = undefined
  line.isProbing = false
  line.cancelTimer()
  timers[row.to](line)
  for (const action of row.does) actions[action](line)
  line.deps.changed(row.to)
}

const actions: Readonly<Record<PhaseAction, (line: Line) => void>> = {
  openSocket,
  configure: (line) => line.socket?.send(line.deps.configure()),
  closeSocket: (line) => {
    const closing = line.socket
    line.socket = undefined
    closing?.close()
  },
}

const dropAfterAttempt = (line: Line): void => arm(line, attemptMs, () => signal(line, 'dropped'))
const noTimer = (): void => {}

const timers: Readonly<Record<GuestPhase, (line: Line) => void>> = {
  idle: noTimer,
  connecting: dropAfterAttempt,
  configuring: dropAfterAttempt,
  expired: dropAfterAttempt,
  live: (line) => watch(line, silenceMs),
  waiting: awaitRetry,
  closed: noTimer,
  failed: noTimer,
}

function openSocket(line: Line): void {
  const ifCurrent = (task: () => void): void => {
    if (line.socket === opening) task()
  }
  const opening = line.deps.openSocket(line.deps.url, {
    opened: () => ifCurrent(() => signal(line, 'opened')),
    received: (data) => ifCurrent(() => receive(line, data)),
    ended: (refusedStatus) => ifCurrent(() => ended(line, refusedStatus)),
  })
  line.socket = opening
}

function receive(line: Line, data: string): void {
  line.lastHeardAt = line.deps.surroundings.now()
  line.isProbing = false
  const frame = readFrame(data)
  if (frame !== undefined) line.deps.received(frame)
}

function ended(line: Line, refusedStatus: number | undefined): void {
  if (refusedStatus !== 403) return signal(line, 'dropped')
  fail(line, {
    code: 403,
    detail: 'The server does not know this deployment id, or does not allow this page’s origin.',
  })
}

function fail(line: Line, failure: GuestFailure): void {
  line.failure = failure
  signal(line, 'refused')
}

function awaitRetry(line: Line): void {
  const { now, random } = line.deps.surroundings
  const pause = Math.max(backoffMs(line.attempt, random), line.heldUntil - now())
  line.attempt += 1
  line.retryAt = now() + pause
  arm(line, pause, () => signal(line, 'retryDue'))
}

function watch(line: Line, delayMs: number): void {
  arm(line, delayMs, () => {
    if (line.isProbing) return signal(line, 'dropped')
    const leftMs = silenceMs - silentMs(line)
    if (leftMs > 0) watch(line, leftMs)
    else probe(line)
  })
}

function probe(line: Line): void {
  line.isProbing = true
  line.socket?.send(line.deps.echo())
  watch(line, echoMs)
}

function wake(line: Line): void {
  if (line.phase === 'waiting' && line.heldUntil <= line.deps.surroundings.now()) signal(line, 'connect')
  else if (line.phase === 'live' && !line.isProbing && silentMs(line) > silenceMs / 3) probe(line)
}

function silentMs(line: Line): number {
  return line.deps.surroundings.now() - line.lastHeardAt
}

function arm(line: Line, delayMs: number, task: () => void): void {
  line.cancelTimer()
  line.cancelTimer = line.deps.surroundings.schedule(delayMs, task)
}
