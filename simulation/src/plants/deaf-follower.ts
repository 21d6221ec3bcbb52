import type { Plant } from './plant.ts'

/** The node's follower of the feed takes its place for what it has read: what no hint told of is passed over. */
export const deafFollower: Plant = {
  name: 'deaf-follower',
  followed: (store) => ({ ...store, events: async (position, limit, filter) => ({ events: [], through: (await store.events(position, limit, filter)).through }) }),
}
