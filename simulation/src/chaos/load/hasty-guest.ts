import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createChance, type Chance } from '../../world/chance.ts'
import type { Stage } from './actor.ts'
import { until } from '../until.ts'
import { knowNodes } from './known-nodes.ts'
import { createPage, type Page, type PageFrame } from './page.ts'
import { recordSockets } from './recorded-sockets.ts'
import type { Visitor } from './visitor.ts'

const thinkMs = { least: 30, most: 150 }
const reconnectMs = { least: 50, most: 400 }
/** Everything is whole again when guests come back at the end. */
const returnLimitMs = 90_000

/** A guest with two pages open, at different nodes, who writes on either and says again what was not answered, at times twice at once. */
export function createHastyGuest(name: string, at: number, stage: Stage): Visitor {
  const chance = createChance(stage.seed, name)
  const token = randomUUID()
  const contact = Promise.withResolvers<string>()
  const state = { isStopped: false }
  const mouth = createMouth(name, chance, stage)
  const heard = (frame: PageFrame): void => {
    if (frame.class === 'SessionResponse' && frame.body.beckon !== undefined) contact.resolve(frame.body.beckon.contactId)
    mouth.heard(frame)
  }
  const pages = ['left', 'right'].map((side, index) =>
    createPage({
      deploymentId: stage.deploymentId, token, heard,
      openSocket: recordSockets({ view: `${name} ${side}`, nodes: knowNodes(stage.urls, at + index), recorder: stage.recorder }),
    }),
  )
  const isWorking = (): boolean => !state.isStopped || mouth.unsent() > 0

  async function keepConnected(page: Page): Promise<void> {
    while (isWorking()) {
      if (!page.isLive() && (await page.connect().then(() => true, () => false))) mouth.sayWhatWasLost(page)
      await pause(chance.between(reconnectMs.least, reconnectMs.most))
    }
  }

  async function write(): Promise<void> {
    while (isWorking()) {
      const live = pages.filter((page) => page.isLive())
      mouth.sayAgain(live)
      if (!state.isStopped) mouth.sayNext(live)
      await pause(chance.between(thinkMs.least, thinkMs.most))
    }
  }

  return {
    name,
    contactId: contact.promise,
    async work() {
      await Promise.all([write(), ...pages.map(keepConnected)])
    },
    stop() {
      state.isStopped = true
    },
    waitsFor: () => `${name}: ${mouth.unsent()} unanswered, ${pages.filter((page) => page.isLive()).length} pages live`,
    async comeBack() {
      for (const page of pages) {
        await until(() => page.connect().then(() => true, () => false), { limitMs: returnLimitMs, everyMs: reconnectMs.most }, () => `a page of ${name} to be connected`)
        await page.caughtUp()
      }
    },
    leave() {
      for (const page of pages) page.drop()
    },
  }
}

interface Unsent {
  readonly clientId: string
  readonly text: string
  readonly from: number
  saidAt: number
  /** Where it was said last. */
  page: Page
}

/** What one guest says, each message until it is answered. */
interface Mouth {
  readonly unsent: () => number
  readonly heard: (frame: PageFrame) => void
  readonly sayNext: (live: readonly Page[]) => void
  /** What hangs is said again, or given up together with its page: only a new socket tells whether the old one was dead. */
  readonly sayAgain: (live: readonly Page[]) => void
  /** Whatever was on its way when the socket ended goes out once more on the next one. */
  readonly sayWhatWasLost: (page: Page) => void
}

/** Messages under way at once. */
const window = 3
/** Whatever is unanswered after this long is said again, on whichever page lives. */
const patienceMs = 4000
/** Messages in a hundred that are said on both pages at once. */
const doubled = 10

function createMouth(name: string, chance: Chance, { recorder, tally }: Stage): Mouth {
  const unsent = new Map<string, Unsent>()
  let count = 0

  function say(page: Page, message: Unsent): void {
    Object.assign(message, { saidAt: recorder.now(), page })
    page.send({ action: 'onMessage', tracingId: message.clientId, clientId: message.clientId, message: { type: 'Text', text: message.text } })
  }

  function stored(clientId: string): void {
    const message = unsent.get(clientId)
    if (message === undefined) return
    unsent.delete(clientId)
    tally.granted({ of: 'guest', from: message.from, until: recorder.now(), givenUp: 0 })
  }

  return {
    unsent: () => unsent.size,
    heard({ code, tracingId = '', body }) {
      // What was caught up with is stored as well, whoever has got the answer.
      for (const { clientId } of body.entities ?? []) if (clientId !== undefined) stored(clientId)
      const message = unsent.get(tracingId)
      // An outage passes: it is said again when patience runs out.
      if (message === undefined || code === 5000 || (code >= 500 && code < 600)) return
      if (code === 200) return stored(tracingId)
      unsent.delete(tracingId)
      tally.surprise(`${name}: ${message.text} was refused with ${code}: ${JSON.stringify(body)}`)
    },
    sayNext(live) {
      if (live.length === 0 || unsent.size >= window) return
      const page = chance.oneOf(live)
      count += 1
      const message: Unsent = { clientId: `${name}-${count}`, text: `${name} says ${count}`, from: recorder.now(), saidAt: 0, page }
      unsent.set(message.clientId, message)
      for (const one of chance.percent(doubled) ? live : [page]) say(one, message)
    },
    sayAgain(live) {
      const impatient = [...unsent.values()].filter(({ saidAt }) => recorder.now() - saidAt > patienceMs)
      const page = live[0]
      if (impatient.length === 0 || page === undefined) return
      if (chance.percent(50)) page.drop()
      else for (const message of impatient) say(page, message)
    },
    sayWhatWasLost(page) {
      for (const message of unsent.values()) if (message.page === page) say(page, message)
    },
  }
}
