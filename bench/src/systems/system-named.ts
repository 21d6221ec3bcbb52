import type { Shape } from './beckon.ts'
import { beckon } from './beckon.ts'
import { relays } from './relays.ts'
import type { System } from './system.ts'

const ONE: Shape = { store: 'postgres', nodes: 1, withNats: false }
const GUEST = { sender: 'guest', streams: 'each' } as const
const BACKEND = { sender: 'backend', streams: 'each' } as const

const SYSTEMS = [
  ...relays,
  beckon('beckon', 'Beckon', GUEST),
  beckon('beckon-guest-sends', 'Beckon, guest to backend', GUEST),
  beckon('beckon-guest-sends-one-stream', 'Beckon, guest to backend, one stream', { sender: 'guest', streams: 'shared' }),
  beckon('beckon-backend-sends', 'Beckon, backend to guest', BACKEND),
  beckon('postgres', 'Beckon on PostgreSQL', { ...GUEST, shape: ONE }),
  beckon('postgres-guest-sends', 'Beckon on PostgreSQL, guest to backend', { ...GUEST, shape: ONE }),
  beckon('postgres-backend-sends', 'Beckon on PostgreSQL, backend to guest', { ...BACKEND, shape: ONE }),
  beckon('nodes-1-nats', '1 node, PostgreSQL and NATS', { ...GUEST, shape: { ...ONE, withNats: true } }),
  beckon('nodes-2-nats', '2 nodes, PostgreSQL and NATS', { ...GUEST, shape: { ...ONE, nodes: 2, withNats: true } }),
  beckon('nodes-3-nats', '3 nodes, PostgreSQL and NATS', { ...GUEST, shape: { ...ONE, nodes: 3, withNats: true } }),
  beckon('strangers-3-nats', '3 strangers: nodes on databases of their own', { ...GUEST, shape: { ...ONE, nodes: 3, withNats: true, areStrangers: true } }),
  beckon('nodes-2', '2 nodes, PostgreSQL alone', { ...GUEST, shape: { ...ONE, nodes: 2 } }),
  beckon('nodes-3', '3 nodes, PostgreSQL alone', { ...GUEST, shape: { ...ONE, nodes: 3 } }),
] as const

export type SystemName = (typeof SYSTEMS)[number]['name']

export function systemNamed(name: SystemName): System<SystemName> {
  const system = SYSTEMS.find((candidate) => candidate.name === name)
  if (system === undefined) throw new Error(`no system ${name}`)
  return system
}
