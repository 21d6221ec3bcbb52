/** What is told of the channel itself rather than of what happened. */
export const heartbeatFrame = channelFrame('WebSocket Heartbeat')
export const pongFrame = channelFrame('pong')

export function closingFrame(message: string): string {
  return JSON.stringify({ topicName: 'v2.system.socket_closing', eventBody: { message } })
}

/** The owner may not listen any more. */
export function revokedFrame(channelId: string, clientId: string): string {
  const message = 'The token that opened the channel was revoked, or its client lost what it could.'
  return JSON.stringify({
    topicName: `v2.system.token_revoked.${clientId}`,
    eventBody: { channelId, systemTopicType: 'token_revoked', oauthClientId: clientId, reason: 'user_tokens_revoked', message },
  })
}

export interface SubscribeAnswer {
  readonly result: '200' | '400'
  readonly status: 'subscribed' | 'failure' | 'error'
  readonly message?: string
  readonly correlationId?: string
  readonly topics?: readonly unknown[]
}

export function answerFrame(answer: SubscribeAnswer): string {
  return JSON.stringify(answer)
}

function channelFrame(message: string): string {
  return JSON.stringify({ topicName: 'channel.metadata', eventBody: { message } })
}
