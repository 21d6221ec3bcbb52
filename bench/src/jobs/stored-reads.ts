import { connectBeckonGuest } from '../load/beckon-guest.ts'
import type { BeckonTarget } from '../load/driver.ts'
import type { HttpClient } from '../load/http-client.ts'
import { createHttpClient } from '../load/http-client.ts'
import type { Figures, Job } from '../load/run-job.ts'
import { storedGuestMemory } from '../load/stored-guest.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { longConversation, LONG_LENGTH } from '../seed/postgres/thread-shape.ts'
import { seededId } from '../seed/seeded-id.ts'
import { median, quantile } from '../statistics.ts'
import { openCpuWindow } from './cpu-window.ts'
import { option } from './option.ts'

/** Different places of the store that are read in turn: few enough to be in memory after the first time, as what is read often is. */
const PLACES = 50
const LAST = 50
const EVENTS = 100
const LISTED = 25

interface Page {
  readonly entities: readonly unknown[]
}

interface Reading {
  readonly http: HttpClient
  readonly target: BeckonTarget
}

/** One read after another, each kind for itself: a conversation's end, a guest coming back, the feed, the desk's list. */
export const storedReads: Job = async (target, options) => {
  if (target.kind !== 'beckon') throw new Error('only Beckon keeps conversations to read')
  const url = must(target.urls[0], 'a node')
  const conversations = must(target.storedConversations, 'how many conversations are stored')
  const entries = option(options, 'entries')
  const times = option(options, 'reads')
  using http = createHttpClient(url, 1)
  const cursorAt = await learnCursors({ http, target })
  const page = (pathOf: (share: number) => string, size: number) => (share: number) => readPage({ http, target }, pathOf(share), size)
  const lastFifty = page((share) => `/api/v2/conversations/messaging/${seededId('conversation', longConversation(share, conversations))}/messages?after=${LONG_LENGTH - LAST}&limit=${LAST}`, LAST)
  const feed = page((share) => `/api/v2/events?after=${cursorAt(Math.floor(share * (entries - EVENTS)))}&limit=${EVENTS}`, EVENTS)
  const desk = page(() => `/api/v2/conversations/messaging?status=open&pageSize=${LISTED}`, LISTED)
  const guest = async (share: number): Promise<void> => {
    const memory = storedGuestMemory(Math.floor(share * PLACES), conversations, PLACES)
    const link = await connectBeckonGuest({ url, deploymentId: target.deploymentId }, memory)
    link.drop()
  }
  return {
    ...await timed(target, 'lastFifty', lastFifty, times),
    ...await timed(target, 'guest', guest, times / 2),
    ...await timed(target, 'feed', feed, times),
    ...await timed(target, 'desk', desk, times),
  }
}

/** Cursors name the log they belong to; the rest of one is a position to base 36. */
async function learnCursors({ http, target }: Reading): Promise<(position: number) => string> {
  const { body } = await http.request({ method: 'GET', path: '/api/v2/events?limit=1', accessToken: target.accessToken })
  const { cursor } = parseJson<{ readonly cursor: string }>(body)
  return (position) => cursor.replace(/^e[^-]*/, `e${position.toString(36)}`)
}

async function readPage({ http, target }: Reading, path: string, size: number): Promise<void> {
  const { status, body } = await http.request({ method: 'GET', path, accessToken: target.accessToken })
  if (status !== 200 || parseJson<Page>(body).entities.length !== size) throw new Error(`${path} answered ${status}: ${body.slice(0, 300)}`)
}

/** The first look at each place is told apart: it may have to go to the disk. CPU is that of node and database together. */
async function timed(target: BeckonTarget, name: string, step: (share: number) => Promise<void>, times: number): Promise<Figures> {
  const first = await timesOf(PLACES, step)
  const cpu = openCpuWindow(target.processes)
  const again = await timesOf(times, step)
  const { serverMicros = Number.NaN, postgresMicros = Number.NaN } = cpu.perMessage(times)
  return {
    [`${name}First`]: median(first), [`${name}P50`]: median(again), [`${name}P99`]: quantile(again, 0.99),
    [`${name}Micros`]: serverMicros, [`${name}PostgresMicros`]: postgresMicros,
  }
}

async function timesOf(times: number, step: (share: number) => Promise<void>): Promise<readonly number[]> {
  const millis: number[] = []
  for (let number = 0; number < times; number += 1) {
    const start = performance.now()
    await step((number % PLACES) / PLACES)
    millis.push(performance.now() - start)
  }
  return millis
}
