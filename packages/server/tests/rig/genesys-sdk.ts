import { createRequire } from 'node:module'
import type { ClientCredentials } from './backend.ts'

type Anything = ReturnType<typeof JSON.parse>
type Methods<Name extends string> = { readonly [K in Name]: (...given: readonly unknown[]) => Promise<Anything> }

/** The market leader's own package, as far as it is about web messaging. Its types are eighty thousand lines, these are the names used here. */
export interface GenesysSdk {
  readonly conversations: Methods<
    | 'getConversation' | 'getConversationsMessage' | 'getConversationsMessages' | 'getConversationsMessageMessage' | 'getConversationsMessageDetails'
    | 'postConversationsMessageMessagesBulk' | 'deleteConversation' | 'postConversationDisconnect' | 'patchConversationsMessage'
    | 'patchConversationParticipant' | 'patchConversationsMessageParticipant' | 'patchConversationsMessageParticipantCommunication'
    | 'patchConversationParticipantAttributes' | 'patchConversationsMessageParticipantAttributes'
    | 'postConversationsMessageCommunicationMessages' | 'postConversationsMessageCommunicationTyping' | 'postConversationsMessagesAgentless'
  >
  readonly tokens: Methods<'getTokensMe' | 'headTokensMe' | 'deleteTokensMe'>
  readonly notifications: Methods<
    | 'postNotificationsChannels' | 'getNotificationsChannels' | 'headNotificationsChannel' | 'getNotificationsChannelSubscriptions'
    | 'postNotificationsChannelSubscriptions' | 'putNotificationsChannelSubscriptions' | 'deleteNotificationsChannelSubscriptions'
    | 'getNotificationsAvailabletopics'
  >
  readonly webDeployments: Methods<'getWebdeploymentsDeployments' | 'getWebdeploymentsDeployment'>
  readonly client: {
    setGateway(gateway: { readonly host: string; readonly protocol: string; readonly port: number }): void
    loginClientCredentialsGrant(id: string, secret: string): Promise<{ readonly accessToken: string; readonly tokenExpiryTime: number }>
    setReturnExtendedResponses(does: boolean): void
  }
}

interface Package {
  readonly ApiClient: { readonly instance: GenesysSdk['client'] }
  readonly ConversationsApi: new () => GenesysSdk['conversations']
  readonly TokensApi: new () => GenesysSdk['tokens']
  readonly NotificationsApi: new () => GenesysSdk['notifications']
  readonly WebDeploymentsApi: new () => GenesysSdk['webDeployments']
}

/** The unmodified package, pointed at a server and logged in. It is one for the whole process: the last one logged in counts. */
export async function aGenesysSdk(url: string, { clientId, clientSecret }: ClientCredentials): Promise<GenesysSdk> {
  const require = createRequire(import.meta.url)
  const { ApiClient, ConversationsApi, TokensApi, NotificationsApi, WebDeploymentsApi }: Package = require('purecloud-platform-client-v2')
  const client = ApiClient.instance
  const { hostname, port } = new URL(url)
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) })
  client.setReturnExtendedResponses(false)
  await client.loginClientCredentialsGrant(clientId, clientSecret)
  return {
    client,
    conversations: new ConversationsApi(),
    tokens: new TokensApi(),
    notifications: new NotificationsApi(),
    webDeployments: new WebDeploymentsApi(),
  }
}
