import { setTimeout as pause } from 'node:timers/promises'
import { aNode, type Breaking, type FaultKind } from './fault.ts'

/** A drain that takes longer than this is no drain. */
const drainLimitMs = 20_000
/** So much of quiet load before and behind a rolling restart, to compare with. */
export const calmMs = 3000

export const killNode: FaultKind = {
  name: 'kill-node', engine: 'both', needs: [], weight: 5,
  async strike(breaking) {
    const { node } = aNode(breaking)
    const downMs = breaking.chance.between(0, 1500)
    breaking.note({ fault: 'kill-node', node: node.name, forMs: downMs })
    await node.stop('SIGKILL')
    await pause(downMs)
    await node.start()
  },
}

export const pauseNode: FaultKind = {
  name: 'pause-node', engine: 'both', needs: [], weight: 4,
  async strike(breaking) {
    const { node } = aNode(breaking)
    // Mostly short; at times longer than any lease.
    const forMs = breaking.chance.percent(75) ? breaking.chance.between(1000, 5000) : breaking.chance.between(5000, 15_000)
    breaking.note({ fault: 'pause-node', node: node.name, forMs })
    node.signal('SIGSTOP')
    await pause(forMs)
    node.signal('SIGCONT')
  },
}

/** One after another is told to end, drains, ends with 0, and is replaced. */
export const rollingRestart: FaultKind = {
  name: 'rolling-restart', engine: 'postgres', needs: [], weight: 1,
  async strike(breaking) {
    await pause(calmMs)
    breaking.note({ fault: 'rolling-restart' })
    for (const node of breaking.world.nodes) {
      await drain(breaking, node)
      await node.start()
    }
  },
}

/** With one node there is nobody to take over, but nothing acknowledged is lost. */
export const restartNode: FaultKind = {
  name: 'restart-node', engine: 'both', needs: [], weight: 1,
  async strike(breaking) {
    const { node } = aNode(breaking)
    breaking.note({ fault: 'restart-node', node: node.name })
    await drain(breaking, node)
    await node.start()
  },
}

async function drain({ violated }: Breaking, node: ReturnType<typeof aNode>['node']): Promise<void> {
  const late = new AbortController()
  const code = await Promise.race([node.stop('SIGTERM'), pause(drainLimitMs, 'late' as const, { signal: late.signal })])
  late.abort()
  if (code === 0) return
  violated(code === 'late' ? `${node.name} did not drain within ${drainLimitMs} ms` : `${node.name} ended its drain with ${code ?? 'a signal'}: ${node.lastWords()}`)
  if (code === 'late') await node.stop('SIGKILL')
}

/** The wall clock of one node jumps while it serves, and jumps back. */
export const skewClock = wrongClock({ name: 'skew-clock', weight: 2, mostMs: 6000 }, async ({ clock, seconds, forMs }) => {
  clock.shift(seconds)
  await pause(forMs)
  clock.shift(0)
  // The library looks at its file about once a second.
  await pause(1100)
})

/** A node that starts with a wrong clock, and is replaced by one with a right one. */
export const startSkewed = wrongClock({ name: 'start-skewed', weight: 1, mostMs: 5000 }, async ({ node, clock, seconds, forMs }) => {
  await node.stop('SIGKILL')
  clock.shift(seconds)
  await node.start()
  await pause(forMs)
  await node.stop('SIGKILL')
  clock.shift(0)
  await node.start()
})

type Skewed = Pick<ReturnType<typeof aNode>, 'node' | 'clock'> & { readonly seconds: number; readonly forMs: number }

function wrongClock({ name, weight, mostMs }: { readonly name: string; readonly weight: number; readonly mostMs: number }, strike: (skewed: Skewed) => Promise<void>): FaultKind {
  return {
    name, engine: 'postgres', needs: ['clocks'], weight,
    async strike(breaking) {
      const { node, clock } = aNode(breaking)
      const seconds = breaking.chance.oneOf([-30, 30])
      const forMs = breaking.chance.between(2000, mostMs)
      breaking.note({ fault: `${name} ${seconds} s`, node: node.name, forMs })
      await strike({ node, clock, seconds, forMs })
    },
  }
}
