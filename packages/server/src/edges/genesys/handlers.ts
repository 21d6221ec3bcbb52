import type { GenesysOperationId } from '@beckon/protocol'
import type { GenesysDeps } from './genesys-deps.ts'
import type { GenesysHandler } from './genesys-handler.ts'
import { deleteConversation, disconnectConversation, patchConversation } from './routes/change-conversation.ts'
import { patchCommunication, patchMessageParticipant, patchParticipant } from './routes/change-participant.ts'
import {
  addSubscriptions, createChannel, deleteSubscriptions, getChannel, listChannels, listSubscriptions, listTopics, replaceSubscriptions, type ChannelDeps,
} from './routes/channels.ts'
import { getConversation, getMessageConversation, listMessageConversations } from './routes/read-conversations.ts'
import { getMessage, getMessageDetails, getMessagesInBulk } from './routes/read-messages.ts'
import { sendAgentless } from './routes/send-agentless.ts'
import { sendMessage, sendTyping } from './routes/send-message.ts'
import { patchMessageParticipantAttributes, patchParticipantAttributes } from './routes/set-attributes.ts'
import { deleteToken, getWebDeployment, listWebDeployments } from './routes/surroundings.ts'

export type GenesysHandlers = { readonly [K in GenesysOperationId]: GenesysHandler<K> }

/** One handler a row: does not compile while one is missing. */
export function createHandlers(deps: GenesysDeps & ChannelDeps): GenesysHandlers {
  return {
    'genesys-get-conversation': getConversation(deps),
    'genesys-get-conversations-message': getMessageConversation(deps),
    'genesys-get-conversations-messages': listMessageConversations(deps),
    'genesys-get-conversations-message-message': getMessage(deps),
    'genesys-get-conversations-message-details': getMessageDetails(deps),
    'genesys-post-conversations-message-messages-bulk': getMessagesInBulk(deps),

    'genesys-delete-conversation': deleteConversation(deps),
    'genesys-post-conversation-disconnect': disconnectConversation(deps),
    'genesys-patch-conversations-message': patchConversation(deps),
    'genesys-patch-conversation-participant': patchParticipant(deps),
    'genesys-patch-conversations-message-participant': patchMessageParticipant(deps),
    'genesys-patch-conversations-message-participant-communication': patchCommunication(deps),
    'genesys-patch-conversation-participant-attributes': patchParticipantAttributes(deps),
    'genesys-patch-conversations-message-participant-attributes': patchMessageParticipantAttributes(deps),

    'genesys-post-conversations-message-communication-messages': sendMessage(deps),
    'genesys-post-conversations-message-communication-typing': sendTyping(deps),
    'genesys-post-conversations-messages-agentless': sendAgentless(deps),

    'genesys-post-notifications-channels': createChannel(deps),
    'genesys-get-notifications-channels': listChannels(deps),
    'genesys-get-notifications-channel': getChannel(deps),
    'genesys-get-notifications-channel-subscriptions': listSubscriptions(deps),
    'genesys-post-notifications-channel-subscriptions': addSubscriptions(deps),
    'genesys-put-notifications-channel-subscriptions': replaceSubscriptions(deps),
    'genesys-delete-notifications-channel-subscriptions': deleteSubscriptions(deps),
    'genesys-get-notifications-availabletopics': listTopics(),

    'genesys-get-webdeployments-deployments': listWebDeployments(deps),
    'genesys-get-webdeployments-deployment': getWebDeployment(deps),
    'genesys-delete-tokens-me': deleteToken(deps),
  }
}
