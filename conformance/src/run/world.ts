import { randomUUID } from 'node:crypto'
import type { Backend, Traits } from '../backend/backend.ts'
import { openGuest, within, type Guest, type OpenGuest, type Watch } from '../wire/guest.ts'
import { problemsOfMessage } from '../wire/message.ts'
import { at, brief, isJson, listAt, textAt, type Json } from '../wire/json.ts'
import { expectShape } from './expect.ts'
import { Failed, NeedsBackend } from './verdict.ts'

/** The server under test and who is around. */
export interface Target {
  readonly url: string
  readonly deploymentId: string
  readonly backend?: Backend
  /** How long a frame is waited for, in milliseconds. */
  readonly patience: number
}

export type Opening = Partial<Omit<OpenGuest, 'url'>>

/** What a case works with. All it opens is closed when it ends. */
export interface World {
  readonly url: string
  readonly deploymentId: string
  /** A text that nobody else writes. */
  readonly aText: () => string
  /** A guest whose socket is open, and nothing said. */
  readonly open: (opening?: Opening) => Promise<Guest>
  /** A guest who has configured their session. */
  readonly enter: (opening?: Opening) => Promise<Guest>
  /** How the server turns an opening away: an HTTP status of the upgrade, or the frame after it. */
  readonly refusalOf: (opening: Opening) => Promise<number | Json>
  readonly http: (path: string, init?: RequestInit) => Promise<Answer>
  readonly jwtOf: (guest: Guest) => Promise<string>
  /** A page of the guest's history, each of its messages checked. */
  readonly historyOf: (guest: Guest, query?: string) => Promise<Json>
  readonly backend: () => Backend
  readonly deploymentWith: (traits: Traits) => Promise<string>
  /** A guest who has written, in a conversation that the backend knows. */
  readonly conversing: (traits?: Traits) => Promise<{ readonly guest: Guest; readonly conversationId: string; readonly text: string }>
  readonly within: <T>(what: string, promise: Promise<T>) => Promise<T>
  /** Asks until it holds. */
  readonly eventually: (what: string, holds: () => Promise<boolean>) => Promise<void>
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export function createWorld(target: Target, watch: Watch): World {
  const { url, deploymentId } = target
  const aText = (): string => `conformance ${randomUUID()}`
  const open: World['open'] = async (opening) => {
    const guest = await openGuest({ url, deploymentId, ...opening }, watch)
    if (typeof guest === 'number') throw new Failed(`the upgrade was refused with ${guest}`)
    return guest
  }
  const enter: World['enter'] = async (opening) => {
    const guest = await open(opening)
    expectShape('the answer to configureSession', await guest.configure(), { class: 'SessionResponse', body: { connected: true } })
    return guest
  }
  const backend = (): Backend => {
    if (target.backend === undefined) throw new NeedsBackend()
    return target.backend
  }
  const deploymentWith: World['deploymentWith'] = async (traits) => backend().deploymentWith(traits)
  const http: World['http'] = async (path, init) => {
    const response = await within(watch, `an answer to ${path}`, fetch(`${url}${path}`, init))
    return { status: response.status, body: jsonOf(await response.text()) }
  }
  const jwtOf: World['jwtOf'] = async (guest) => {
    const answer = await guest.ask({ action: 'getJwt' })
    expectShape('the answer to getJwt', answer, { class: 'JwtResponse' })
    return textAt(answer, 'body.jwt')
  }
  return {
    url, deploymentId, aText, open, enter, http, jwtOf, backend, deploymentWith,
    refusalOf: async (opening) => {
      const guest = await openGuest({ url, deploymentId, ...opening }, watch)
      if (typeof guest === 'number') return guest
      return guest.ask({ action: 'configureSession', deploymentId: guest.deploymentId })
    },
    historyOf: async (guest, query = 'pageNumber=1&pageSize=25') => {
      const { status, body } = await http(`/api/v2/webmessaging/messages?${query}`, { headers: { authorization: `bearer ${await jwtOf(guest)}` } })
      if (status !== 200 || !isJson(body)) throw new Failed(`history was answered ${status} ${brief(body)}`)
      watch.problems.push(...listAt(body, 'entities').flatMap((entity) => (isJson(entity) ? problemsOfMessage(entity) : ['§4.10 an entity is not an object'])))
      return body
    },
    conversing: async (traits) => {
      const text = aText()
      const guest = await enter({ deploymentId: await deploymentWith(traits ?? {}) })
      expectShape('the acknowledgement', await guest.say(text), { class: 'StructuredMessage' })
      return { guest, text, conversationId: await backend().conversationWith(text) }
    },
    within: (what, promise) => within(watch, what, promise),
    eventually: (what, holds) => until(watch, what, holds),
  }
}

/** Whether a frame is a pushed message with this text. */
export function saysText(text: string): (frame: Json) => boolean {
  return (frame) => frame['class'] === 'StructuredMessage' && at(frame, 'body.text') === text
}

export function isClass(kind: string): (frame: Json) => boolean {
  return (frame) => frame['class'] === kind
}

/** Whether a frame tells of a presence. */
export function tellsPresence(presence: string): (frame: Json) => boolean {
  return (frame) => listAt(frame, 'body.events').some((event) => at(event, 'presence.type') === presence)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const BETWEEN_QUESTIONS_MILLIS = 100

async function until(watch: Watch, what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + watch.patience
  while (!(await holds())) {
    if (performance.now() > end) throw new Failed(`waited ${watch.patience} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_QUESTIONS_MILLIS))
  }
}
