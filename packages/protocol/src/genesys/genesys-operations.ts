import type { Operation } from '../rest/operation.ts'
import {
  deleteGenesysConversation, disconnectGenesysConversation, patchGenesysCommunication, patchGenesysConversation, patchGenesysMessageParticipant,
  patchGenesysMessageParticipantAttributes, patchGenesysParticipant, patchGenesysParticipantAttributes,
} from './rows/closing.ts'
import {
  addGenesysSubscriptions, createGenesysChannel, deleteGenesysSubscriptions, getGenesysChannel, listGenesysChannels, listGenesysSubscriptions,
  listGenesysTopics, replaceGenesysSubscriptions,
} from './rows/notifications.ts'
import {
  getGenesysConversation, getGenesysMessage, getGenesysMessageConversation, getGenesysMessageDetails, getGenesysMessagesInBulk,
  listGenesysMessageConversations,
} from './rows/reading.ts'
import { sendGenesysAgentless, sendGenesysMessage, sendGenesysTyping } from './rows/sending.ts'
import { deleteGenesysToken, getGenesysWebDeployment, listGenesysWebDeployments } from './rows/surroundings.ts'

/** The market leader's own operations for web messaging, in its envelope, by its SDK's names for them. */
export const genesysOperations = {
  'genesys-get-conversation': getGenesysConversation,
  'genesys-get-conversations-message': getGenesysMessageConversation,
  'genesys-get-conversations-messages': listGenesysMessageConversations,
  'genesys-get-conversations-message-message': getGenesysMessage,
  'genesys-get-conversations-message-details': getGenesysMessageDetails,
  'genesys-post-conversations-message-messages-bulk': getGenesysMessagesInBulk,

  'genesys-delete-conversation': deleteGenesysConversation,
  'genesys-post-conversation-disconnect': disconnectGenesysConversation,
  'genesys-patch-conversations-message': patchGenesysConversation,
  'genesys-patch-conversation-participant': patchGenesysParticipant,
  'genesys-patch-conversations-message-participant': patchGenesysMessageParticipant,
  'genesys-patch-conversations-message-participant-communication': patchGenesysCommunication,
  'genesys-patch-conversation-participant-attributes': patchGenesysParticipantAttributes,
  'genesys-patch-conversations-message-participant-attributes': patchGenesysMessageParticipantAttributes,

  'genesys-post-conversations-message-communication-messages': sendGenesysMessage,
  'genesys-post-conversations-message-communication-typing': sendGenesysTyping,
  'genesys-post-conversations-messages-agentless': sendGenesysAgentless,

  'genesys-post-notifications-channels': createGenesysChannel,
  'genesys-get-notifications-channels': listGenesysChannels,
  'genesys-get-notifications-channel': getGenesysChannel,
  'genesys-get-notifications-channel-subscriptions': listGenesysSubscriptions,
  'genesys-post-notifications-channel-subscriptions': addGenesysSubscriptions,
  'genesys-put-notifications-channel-subscriptions': replaceGenesysSubscriptions,
  'genesys-delete-notifications-channel-subscriptions': deleteGenesysSubscriptions,
  'genesys-get-notifications-availabletopics': listGenesysTopics,

  'genesys-get-webdeployments-deployments': listGenesysWebDeployments,
  'genesys-get-webdeployments-deployment': getGenesysWebDeployment,
  'genesys-delete-tokens-me': deleteGenesysToken,
} as const satisfies Readonly<Record<string, Operation>>

export type GenesysOperationId = keyof typeof genesysOperations
