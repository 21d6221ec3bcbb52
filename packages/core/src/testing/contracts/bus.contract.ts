import { describe, expect, test } from 'vitest'
import type { Bus, Hint } from '../../ports/bus.ts'
import { toId, type ContactId, type ConversationId } from '../../domain/ids.ts'

/** A bus, and how to know that what was published has had its time to arrive: at once, where publishing is immediate. */
export interface BusUnderTest {
  readonly bus: Bus
  readonly settled: () => Promise<void>
}

/** What every bus promises while nothing is lost: hints may be lost between nodes, so a network's faults are tested elsewhere. */
export function busContract(open: () => Promise<BusUnderTest>): void {
  describe('a bus', () => {
    test('brings every hint to every listener, in the order of one publisher', async () => {
      const { bus, settled } = await attentive(open)
      const heardByOne: Hint[] = []
      const heardByOther: Hint[] = []
      bus.subscribe((hint) => heardByOne.push(hint))
      bus.subscribe((hint) => heardByOther.push(hint))
      const hints = [typing('Ana'), { kind: 'access-changed' }, typing('Ben')] as const

      for (const hint of hints) bus.publish(hint)
      await settled()

      expect(heardByOne).toEqual(hints)
      expect(heardByOther).toEqual(hints)
    })

    test('says nothing more to a listener that has ended its subscription', async () => {
      const { bus, settled } = await attentive(open)
      const heard: Hint[] = []
      const end = bus.subscribe((hint) => heard.push(hint))

      end()
      end()
      bus.publish(typing('Ana'))
      await settled()

      expect(heard).toEqual([])
    })

    test('lets no listener keep the others from hearing by throwing', async () => {
      const { bus, settled } = await attentive(open)
      const heard: Hint[] = []
      bus.subscribe(() => {
        throw new Error('a listener with a bug')
      })
      bus.subscribe((hint) => heard.push(hint))

      bus.publish(typing('Ana'))
      await settled()

      expect(heard).toEqual([typing('Ana')])
    })

    test('brings nothing from before the subscription', async () => {
      const { bus, settled } = await attentive(open)
      bus.publish(typing('Ana'))
      await settled()
      const heard: Hint[] = []

      bus.subscribe((hint) => heard.push(hint))
      await settled()

      expect(heard).toEqual([])
    })

    test.each(['contact-1', 'conversation-1'] as const)('brings what concerns %s to whoever attends to that, as long as one of them does', async (name) => {
      const { bus, settled } = await open()
      const to: ContactId | ConversationId = toId(name)
      const heard: Hint[] = []
      bus.subscribe((hint) => heard.push(hint))
      const ends = [bus.attend(to), bus.attend(to)]
      ends[0]?.()
      ends[0]?.()
      await settled()

      bus.publish(typing('Ana'))
      await settled()

      expect(heard).toEqual([typing('Ana')])
    })
  })
}

/** A bus on which somebody wants to hear of everything. */
async function attentive(open: () => Promise<BusUnderTest>): Promise<BusUnderTest> {
  const { bus, settled } = await open()
  bus.attend('everything')
  await settled()
  return { bus, settled }
}

function typing(name: string): Hint {
  return {
    kind: 'typing',
    typing: { contactId: toId('contact-1'), conversationId: toId('conversation-1'), deploymentId: toId('deployment-1'), by: 'agent', on: true, name },
  }
}
