import { milliseconds, seconds, toId } from '@beckon/core'
import type { GuestEdge } from '../guest-edge.ts'
import { clear, closeSession, configure, join, repeat, say } from './model/guest-moves.ts'
import { needsSession, phaseOf, refused, type Expected, type State, type Told } from './model/state.ts'
import { businessCloses, businessSends, expire, leaversGo } from './model/world-moves.ts'
import { hasAdditions, whoseIs, type Slot, type Step, type Who } from './step.ts'

export const lifetime = seconds(25)
const longerThanALife = seconds(26)

/** What is to have been told by a step. `atOnce`: in any order, but in the same one to all of a guest's connections. */
export interface Outcome {
  readonly told: Told
  readonly atOnce?: true
}

export interface Address {
  readonly contactId: string
  readonly conversationId: string
}

export interface Position {
  readonly conversationId: unknown
  readonly seq: unknown
  readonly epoch: unknown
}

/** Who and what a sequence acts on. */
export interface Scene {
  readonly edge: GuestEdge
  readonly state: State
  readonly tokens: Readonly<Record<Who, string>>
  /** A text that was not said before. */
  readonly aText: () => string
  /** Where the business finds a guest; nowhere while it knows of none. */
  readonly addressOf: (who: Who) => Address | undefined
  /** How far the connections of this place have come in the log, by what they were told. */
  readonly positionOf: (slot: Slot) => Position | undefined
  readonly send: (slot: Slot, request: object | string) => void
  readonly open: (slot: Slot) => Promise<void>
  /** Ends a socket, or watches the server do it. */
  readonly end: (slot: Slot, how: 'cut' | 'leave' | 'watch') => Promise<void>
}

type DeedOf<K extends Step['do']> = (scene: Scene, step: Extract<Step, { readonly do: K }>) => Promise<Outcome> | Outcome

const silence: Outcome = { told: new Map() }
const event = (kind: object): object => ({ action: 'onMessage', message: { type: 'Event', events: [kind] } })
const presence = (type: string): object => event({ eventType: 'Presence', presence: { type } })
const babbled = { noJson: '{"action":', noObject: '[1]', noAction: '{"tracingId":"x"}', unknownAction: '{"action":"sing"}' }

/** Does a step, a moment after the one before, and says what the model expects of it. */
export async function takeStep(scene: Scene, step: Step): Promise<Outcome> {
  scene.edge.world.clock.advance(milliseconds(1))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table gives each step its own
  const deed = deeds[step.do] as (scene: Scene, step: Step) => Promise<Outcome> | Outcome
  return deed(scene, step)
}

const deeds: { readonly [K in Step['do']]: DeedOf<K> } = {
  async open(scene, { slot }) {
    if (phaseOf(scene.state, slot) === 'gone') await scene.open(slot)
    return silence
  },
  async configure(scene, { slot, startNew, resumes }) {
    if (phaseOf(scene.state, slot) === 'gone') await scene.open(slot)
    const { id: deploymentId } = scene.edge.deployment
    const resume = resumes && !startNew && scene.state.seen.has(slot) ? scene.positionOf(slot) : undefined
    scene.send(slot, { action: 'configureSession', deploymentId, startNew, ...(hasAdditions(slot) ? { beckon: { version: 1, ...(resume === undefined ? {} : { resume }) } } : {}) })
    return { told: configure(scene.state, slot, { startNew, resumes: resume !== undefined }) }
  },
  say(scene, { slot }) {
    const text = scene.aText()
    sendText(scene, slot, text)
    return { told: say(scene.state, slot, text) }
  },
  repeat(scene, { slot }) {
    const text = hasAdditions(slot) ? scene.state.latest.get(slot) : undefined
    if (text === undefined) return silence
    sendText(scene, slot, text)
    return { told: repeat(scene.state, slot) }
  },
  sayAsAnother({ send, state, tokens }, { slot }) {
    send(slot, { action: 'onMessage', token: tokens[whoseIs(slot) === 0 ? 1 : 0], message: { type: 'Text', text: 'in another’s name' } })
    return { told: phaseOf(state, slot) === 'expired' ? refused(state, slot, 4006, 4007) : refused(state, slot, 4007) }
  },
  talkAtOnce(scene, { slots }) {
    const told = new Map<Slot, readonly Expected[]>()
    for (const slot of slots) {
      const text = scene.aText()
      sendText(scene, slot, text)
      for (const [other, expected] of say(scene.state, slot, text)) told.set(other, [...(told.get(other) ?? []), ...expected])
    }
    return { told, atOnce: true }
  },
  type({ send, state }, { slot }) {
    send(slot, event({ eventType: 'Typing', typing: { type: 'On' } }))
    return { told: needsSession(state, slot, []) }
  },
  join({ send, state }, { slot }) {
    send(slot, presence('Join'))
    return { told: join(state, slot) }
  },
  clear({ send, state }, { slot }) {
    send(slot, presence('Clear'))
    return { told: clear(state, slot) }
  },
  closeSession({ send, state }, { slot, all }) {
    send(slot, { action: 'closeSession', closeAllConnections: all })
    return { told: closeSession(state, slot, all) }
  },
  getJwt({ send, state }, { slot }) {
    send(slot, { action: 'getJwt' })
    return { told: needsSession(state, slot, [['key']]) }
  },
  babble({ send, state }, { slot, what }) {
    send(slot, what === 'noMessage' ? { action: 'onMessage' } : babbled[what])
    return { told: refused(state, slot, 400, 4020) }
  },
  cut: ({ state, end }, { slot }) => endOf(state, end, slot, 'cut'),
  leave: ({ state, end }, { slot }) => endOf(state, end, slot, 'leave'),
  async businessSends(scene, { who }) {
    const address = scene.addressOf(who)
    if (address === undefined) return silence
    const text = scene.aText()
    await scene.edge.send(address.contactId, text)
    return { told: businessSends(scene.state, who, text) }
  },
  async businessCloses({ addressOf, edge, state }, { who }) {
    const address = addressOf(who)
    if (address === undefined) return silence
    await edge.close(toId(address.conversationId))
    return { told: businessCloses(state, who) }
  },
  wait({ edge }) {
    edge.world.clock.advance(milliseconds(300))
    return silence
  },
  async expire({ edge, state, end }) {
    edge.world.clock.advance(longerThanALife)
    for (const slot of leaversGo(state)) await end(slot, 'watch')
    // Sessions of earlier sequences end here as well, and one pass keeps a hundred appointments.
    for (let pass = 0; pass < 3; pass += 1) await edge.keepAppointments()
    return { told: expire(state) }
  },
}

function sendText({ send }: Scene, slot: Slot, text: string): void {
  send(slot, { action: 'onMessage', tracingId: text, ...(hasAdditions(slot) ? { clientId: text } : {}), message: { type: 'Text', text } })
}

async function endOf(state: State, end: Scene['end'], slot: Slot, how: 'cut' | 'leave'): Promise<Outcome> {
  if (phaseOf(state, slot) !== 'gone') await end(slot, how)
  return silence
}
