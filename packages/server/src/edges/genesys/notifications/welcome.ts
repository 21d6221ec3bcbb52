import { scopesByRole, toId, type Reader } from '@beckon/core'
import type { Channel, Channels } from './channels.ts'
import { revokedFrame } from './frames.ts'

type Deps = { readonly reader: Pick<Reader, 'oauthClient' | 'accessToken' | 'agent'>; readonly channels: Channels }

/**
 * Ends channels whose owner is gone, lost a scope, or revoked the token that opened the channel. That the token expires
 * ends nothing: a channel outlives it, as it does with the original.
 */
export async function endUnwelcome({ reader, channels }: Deps): Promise<void> {
  for (const channel of channels.all()) {
    if (await isWelcome(reader, channel)) continue
    channel.listener?.send(revokedFrame(channel.id, channel.principal.id))
    channels.end(channel, 'The token of the channel was revoked.')
  }
}

async function isWelcome(reader: Deps['reader'], { principal, tokenHash }: Channel): Promise<boolean> {
  if (principal.kind === 'agent') {
    const agent = await reader.agent(toId(principal.id))
    return agent !== undefined && principal.scopes.every((scope) => scopesByRole[agent.role].includes(scope))
  }
  const client = await reader.oauthClient(toId(principal.id))
  const token = tokenHash === undefined ? undefined : await reader.accessToken(tokenHash)
  return client !== undefined && token?.revokedAt === undefined && principal.scopes.every((scope) => client.scopes.includes(scope))
}
