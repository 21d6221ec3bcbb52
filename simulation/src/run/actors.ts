import type { Backend } from '../clients/backend.ts'
import type { FeedReader } from '../clients/feed-reader.ts'
import { createTab, type Tab } from '../clients/tab.ts'
import type { Terms } from '../history/record.ts'
import type { Plan, RelativeTerms, Step } from '../plan/step.ts'
import { createChance } from '../world/chance.ts'
import type { Cluster } from '../world/cluster.ts'
import type { VirtualTime } from '../world/virtual-time.ts'

export interface ActorsGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
  readonly plan: Plan
  readonly backend: Backend
  readonly readers: readonly FeedReader[]
  readonly deploymentId: string
}

export interface Actors {
  /** `index` is the step's own in its plan: what it says is named after it, so that it is the same message in a smaller plan. */
  act(step: Step, index: number): void
  /** Everybody who was ever here comes back. */
  comeTogether(): void
}

interface Guest {
  readonly token: string
  readonly tabs: Map<number, Tab>
  contactId?: string
  conversationId?: string
}

export function createActors({ time, cluster, plan, backend, readers, deploymentId }: ActorsGiven): Actors {
  const guests: readonly Guest[] = Array.from({ length: plan.guests }, (_, index) => ({ token: tokenOf(index), tabs: new Map<number, Tab>() }))
  const sends: string[] = []

  function tabOf(index: number, tab: number): Tab | undefined {
    const guest = guests[index]
    if (!guest) return undefined
    const known = guest.tabs.get(tab)
    if (known) return known
    const name = `guest-${String(index + 1)}.${String(tab + 1)}`
    const made = createTab({
      time, cluster, deploymentId, name,
      token: guest.token,
      chance: createChance(plan.seed, name),
      onPlace(contactId, conversationId) {
        guest.contactId = contactId
        if (conversationId !== undefined) guest.conversationId = conversationId
      },
    })
    guest.tabs.set(tab, made)
    return made
  }

  function send(index: number, guest: number, terms: RelativeTerms): void {
    const contactId = guests[guest]?.contactId
    if (contactId === undefined) return
    const name = `send-${String(index)}`
    sends.push(name)
    backend.send(name, contactId, `business ${String(index)}`, termsAt(terms, time.now()))
  }

  function change(index: number, guest: number, to: 'close' | 'reopen'): void {
    const conversationId = guests[guest]?.conversationId
    if (conversationId !== undefined) backend.change(`${to}-${String(index)}`, to, conversationId)
  }

  return {
    act(step, index) {
      switch (step.does) {
        case 'open': return tabOf(step.guest, step.tab)?.open()
        case 'leave': return tabOf(step.guest, step.tab)?.close()
        case 'reload': return tabOf(step.guest, step.tab)?.reload()
        case 'cut-socket': return tabOf(step.guest, step.tab)?.cut()
        case 'write': return tabOf(step.guest, step.tab)?.write(`guest ${String(step.guest + 1)} says ${String(index)}`)
        case 'send': return send(index, step.guest, step.terms)
        case 'cancel': return backend.cancel(sends[step.send] ?? '')
        case 'close': case 'reopen': return change(index, step.guest, step.does)
        case 'switch-reader': return readers[step.reader]?.switch()
        default: return undefined
      }
    },
    comeTogether() {
      for (const { tabs } of guests) for (const tab of tabs.values()) tab.open()
    },
  }
}

function termsAt({ sendIn, expiresIn, ...rest }: RelativeTerms, now: number): Terms {
  return { ...rest, ...(sendIn === undefined ? {} : { sendAt: now + sendIn }), ...(expiresIn === undefined ? {} : { expiresAt: now + expiresIn }) }
}

function tokenOf(index: number): string {
  return `8c5a1e0b-9f6d-4a37-b2c4-d1e0f7a86b${index.toString(16).padStart(2, '0')}`
}
