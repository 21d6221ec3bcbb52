/**
 * What a node is made of, for those who put one together on engines of their own: the simulation, whose nodes have no
 * network, no disk and no clock.
 */
export { createLocalBus } from '../adapters/local-bus/local-bus.ts'
export { createExchange } from '../adapters/node-bus/exchange.ts'
export { createNodeBus } from '../adapters/node-bus/node-bus.ts'
export { createNodePresence } from '../adapters/node-bus/node-presence.ts'
export { createOwnCommits, watchCommits } from '../adapters/node-bus/own-commits.ts'
export { createIdSource } from '../adapters/system/ids.ts'
export { createSharedClock } from '../adapters/system/shared-clock.ts'
export type { Wire, WireListener } from '../adapters/wire/wire.ts'
export type { GuestSocket } from '../edges/guest-ws/connection.ts'
export { createGuestSockets } from '../edges/guest-ws/register.ts'
export { createEventFeed, type EventFeed } from '../edges/rest/feed/event-feed.ts'
export { waitForEvents } from '../edges/rest/feed/wait-for-events.ts'
export { cancelProactive } from '../edges/rest/routes/proactive/cancel-proactive.ts'
export { sendToContact } from '../edges/rest/routes/sending/send-to-contact.ts'
export { updateConversation } from '../edges/rest/routes/conversations/update-conversation.ts'
export { bindIdempotency } from '../edges/shared/operation/idempotency.ts'
export type { AnyAnswer } from '../edges/shared/operation/operation-call.ts'
export { createWorker } from '../worker/worker.ts'
