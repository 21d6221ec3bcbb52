import type { GenesysChannel } from '@beckon/protocol'
import { HttpRefused, invalidRequestDraft } from '../../shared/http-refused.ts'
import type { RefusedHere } from '../../shared/operation/operation-call.ts'
import type { Principal } from '../../shared/principal.ts'
import { timeOf } from '../../shared/time-text.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysCall, GenesysHandler } from '../genesys-handler.ts'
import type { Channel, Channels } from '../notifications/channels.ts'
import { socketPath } from '../notifications/sockets.ts'
import { mostTopics, statesOf, subscribe } from '../notifications/subscribe.ts'
import { topicRows } from '../notifications/topics.ts'
import type { OfficialDraft } from '../refusing/official-codes.ts'

export type ChannelDeps = Pick<GenesysDeps, 'reader' | 'secrets' | 'publicUrl'> & { readonly channels: Channels }

export function createChannel({ channels, secrets, publicUrl }: ChannelDeps): GenesysHandler<'genesys-post-notifications-channels'> {
  return ({ principal, request }) => {
    const token = request.headers.authorization?.replace(/^\S+\s+/, '').trim()
    const channel = channels.open(principal, token === undefined ? undefined : secrets.hash(token))
    return Promise.resolve({ status: 200, body: render(channel, publicUrl) })
  }
}

export function listChannels({ channels, publicUrl }: ChannelDeps): GenesysHandler<'genesys-get-notifications-channels'> {
  return ({ principal }) => Promise.resolve({ status: 200, body: { entities: channels.of(principal).map((one) => render(one, publicUrl)) } })
}

export function getChannel(deps: ChannelDeps): GenesysHandler<'genesys-get-notifications-channel'> {
  return async ({ principal, params: { channelId } }) => ({ status: 200, body: render(find(deps, principal, channelId), deps.publicUrl) })
}

export function listSubscriptions(deps: ChannelDeps): GenesysHandler<'genesys-get-notifications-channel-subscriptions'> {
  return async ({ principal, params: { channelId } }) => ({ status: 200, body: { entities: statesOf(find(deps, principal, channelId)) } })
}

export function addSubscriptions(deps: ChannelDeps): GenesysHandler<'genesys-post-notifications-channel-subscriptions'> {
  return (call) => change(deps, call, false)
}

export function replaceSubscriptions(deps: ChannelDeps): GenesysHandler<'genesys-put-notifications-channel-subscriptions'> {
  return (call) => change(deps, call, true)
}

export function deleteSubscriptions(deps: ChannelDeps): GenesysHandler<'genesys-delete-notifications-channel-subscriptions'> {
  return async ({ principal, params: { channelId } }) => {
    find(deps, principal, channelId).topics.clear()
    return { status: 200 }
  }
}

export function listTopics(): GenesysHandler<'genesys-get-notifications-availabletopics'> {
  const entities = topicRows.map(({ template, description, scopes }) => ({
    id: template, description, visibility: 'Public', transports: ['Websocket'], enforced: true, requiresPermissions: scopes, topicParameters: ['id'],
  }) as const)
  return () => Promise.resolve({ status: 200, body: { entities } })
}

type Change = Pick<GenesysCall<'genesys-post-notifications-channel-subscriptions'>, 'principal' | 'params' | 'query' | 'body'>

async function change(deps: ChannelDeps, { principal, params, query, body }: Change, replace: boolean) {
  const channel = find(deps, principal, params.channelId)
  const done = await subscribe(deps.reader, channel, { topics: body.map(({ id }) => id), replace, ignoreErrors: query.ignoreErrors === true })
  if (!done.ok) return notSubscribed(done.because === 'too many' ? undefined : done.topic)
  deps.channels.touch(channel, true)
  return { status: 200, body: { entities: done.states } } as const
}

function notSubscribed(topic: string | undefined): RefusedHere {
  const detail = topic === undefined
    ? `A channel follows at most ${mostTopics} topics.`
    : `There is no topic ${topic.slice(0, 300)}: GET /api/v2/notifications/availabletopics lists those there are.`
  const draft: OfficialDraft = {
    ...invalidRequestDraft([{ pointer: '#', detail }]),
    detail,
    officialCode: topic === undefined ? 'notification.subscription.too.many.subscriptions' : 'notification.invalid.topic',
    ...(topic === undefined ? {} : { messageParams: { topic } }),
  }
  return { ok: false, draft }
}

function find({ channels }: ChannelDeps, principal: Principal, id: string): Channel {
  const channel = channels.find(principal, id)
  if (!channel) throw new HttpRefused({ code: 'not_found', detail: `There is no channel ${id} of this client: it expired, gave way to another, or the server was restarted. Open a new one.` })
  return channel
}

function render({ id, secret, expiresAt }: Channel, publicUrl: string): GenesysChannel {
  return { id, connectUri: `${publicUrl.replace(/^http/, 'ws')}${socketPath}${secret}`, expires: timeOf(expiresAt) }
}
