import { createAgent } from './rest/agents/create-agent.ts'
import { deleteAgent } from './rest/agents/delete-agent.ts'
import { getAgent } from './rest/agents/get-agent.ts'
import { getCurrentAgent } from './rest/agents/get-current-agent.ts'
import { listAgents } from './rest/agents/list-agents.ts'
import { loginAgent } from './rest/agents/login-agent.ts'
import { logoutAgent } from './rest/agents/logout-agent.ts'
import { updateAgent } from './rest/agents/update-agent.ts'
import { createAttachment } from './rest/attachments/create-attachment.ts'
import { deleteAttachment } from './rest/attachments/delete-attachment.ts'
import { getAttachmentContent } from './rest/attachments/get-attachment-content.ts'
import { getAttachment } from './rest/attachments/get-attachment.ts'
import { createClient } from './rest/clients/create-client.ts'
import { deleteClient } from './rest/clients/delete-client.ts'
import { getClient } from './rest/clients/get-client.ts'
import { listClients } from './rest/clients/list-clients.ts'
import { rotateClientSecret } from './rest/clients/rotate-client-secret.ts'
import { updateClient } from './rest/clients/update-client.ts'
import { createContact } from './rest/contacts/create-contact.ts'
import { eraseContact } from './rest/contacts/erase-contact.ts'
import { getContact } from './rest/contacts/get-contact.ts'
import { listContacts } from './rest/contacts/list-contacts.ts'
import { updateContact } from './rest/contacts/update-contact.ts'
import { addParticipant } from './rest/conversations/add-participant.ts'
import { getConversation } from './rest/conversations/get-conversation.ts'
import { listConversations } from './rest/conversations/list-conversations.ts'
import { listMessages } from './rest/conversations/list-messages.ts'
import { listParticipants } from './rest/conversations/list-participants.ts'
import { markSeen } from './rest/conversations/mark-seen.ts'
import { removeParticipant } from './rest/conversations/remove-participant.ts'
import { sendTyping } from './rest/conversations/send-typing.ts'
import { updateConversation } from './rest/conversations/update-conversation.ts'
import { createDeployment } from './rest/deployments/create-deployment.ts'
import { deleteDeployment } from './rest/deployments/delete-deployment.ts'
import { getDeployment } from './rest/deployments/get-deployment.ts'
import { listDeployments } from './rest/deployments/list-deployments.ts'
import { updateDeployment } from './rest/deployments/update-deployment.ts'
import { listEvents } from './rest/events/list-events.ts'
import { streamEvents } from './rest/events/stream-events.ts'
import { getDeploymentConfig } from './rest/guest/get-deployment-config.ts'
import { getDeploymentConfigurations } from './rest/guest/get-deployment-configurations.ts'
import { getDeploymentDomains } from './rest/guest/get-deployment-domains.ts'
import { listGuestMessages } from './rest/guest/list-guest-messages.ts'
import { refreshSignIn } from './rest/guest/refresh-sign-in.ts'
import { registerPushDevice } from './rest/guest/register-push-device.ts'
import { removePushDevice } from './rest/guest/remove-push-device.ts'
import { signInGuest } from './rest/guest/sign-in-guest.ts'
import { signOutGuest } from './rest/guest/sign-out-guest.ts'
import { updatePushDevice } from './rest/guest/update-push-device.ts'
import { getLiveness } from './rest/ops/get-liveness.ts'
import { getMetrics } from './rest/ops/get-metrics.ts'
import { getOpenapi } from './rest/ops/get-openapi.ts'
import { getReadiness } from './rest/ops/get-readiness.ts'
import { cancelProactive } from './rest/proactive/cancel-proactive.ts'
import { getProactive } from './rest/proactive/get-proactive.ts'
import { listProactive } from './rest/proactive/list-proactive.ts'
import { rescheduleProactive } from './rest/proactive/reschedule-proactive.ts'
import { getReachability } from './rest/sending/get-reachability.ts'
import { listDeliveries } from './rest/sending/list-deliveries.ts'
import { sendMessage } from './rest/sending/send-message.ts'
import { sendToContact } from './rest/sending/send-to-contact.ts'
import { sendToConversation } from './rest/sending/send-to-conversation.ts'
import { createSession } from './rest/sessions/create-session.ts'
import { endSession } from './rest/sessions/end-session.ts'
import { getSession } from './rest/sessions/get-session.ts'
import { getAuthorizationServer } from './rest/tokens/get-authorization-server.ts'
import { getMyToken } from './rest/tokens/get-my-token.ts'
import { introspectToken } from './rest/tokens/introspect-token.ts'
import { issueToken } from './rest/tokens/issue-token.ts'
import { revokeToken } from './rest/tokens/revoke-token.ts'
import type { Operation, RequestOfRow, ResponseOfRow } from './rest/operation.ts'

/**
 * The whole REST API, one row an operation. Edges serve it, the SDK calls it, OpenAPI is rendered from it:
 * `{ [K in OperationId]: Handler<K> }` does not compile until every operation has its handler.
 */
export const operations = {
  'issue-token': issueToken,
  'introspect-token': introspectToken,
  'revoke-token': revokeToken,
  'get-authorization-server': getAuthorizationServer,
  'get-my-token': getMyToken,

  'create-session': createSession,
  'get-session': getSession,
  'end-session': endSession,

  'list-conversations': listConversations,
  'get-conversation': getConversation,
  'update-conversation': updateConversation,
  'mark-seen': markSeen,
  'send-typing': sendTyping,
  'list-messages': listMessages,
  'list-participants': listParticipants,
  'add-participant': addParticipant,
  'remove-participant': removeParticipant,

  'send-to-conversation': sendToConversation,
  'send-message': sendMessage,
  'send-to-contact': sendToContact,
  'get-reachability': getReachability,
  'list-deliveries': listDeliveries,

  'create-attachment': createAttachment,
  'get-attachment': getAttachment,
  'get-attachment-content': getAttachmentContent,
  'delete-attachment': deleteAttachment,

  'list-proactive': listProactive,
  'get-proactive': getProactive,
  'reschedule-proactive': rescheduleProactive,
  'cancel-proactive': cancelProactive,

  'create-contact': createContact,
  'list-contacts': listContacts,
  'get-contact': getContact,
  'update-contact': updateContact,
  'erase-contact': eraseContact,

  'list-events': listEvents,
  'stream-events': streamEvents,

  'create-deployment': createDeployment,
  'list-deployments': listDeployments,
  'get-deployment': getDeployment,
  'update-deployment': updateDeployment,
  'delete-deployment': deleteDeployment,

  'create-client': createClient,
  'list-clients': listClients,
  'get-client': getClient,
  'update-client': updateClient,
  'delete-client': deleteClient,
  'rotate-client-secret': rotateClientSecret,

  'create-agent': createAgent,
  'list-agents': listAgents,
  'get-agent': getAgent,
  'update-agent': updateAgent,
  'delete-agent': deleteAgent,
  'login-agent': loginAgent,
  'logout-agent': logoutAgent,
  'get-current-agent': getCurrentAgent,

  'list-guest-messages': listGuestMessages,
  'get-deployment-config': getDeploymentConfig,
  'get-deployment-configurations': getDeploymentConfigurations,
  'get-deployment-domains': getDeploymentDomains,
  'sign-in-guest': signInGuest,
  'refresh-sign-in': refreshSignIn,
  'sign-out-guest': signOutGuest,
  'register-push-device': registerPushDevice,
  'update-push-device': updatePushDevice,
  'remove-push-device': removePushDevice,

  'get-liveness': getLiveness,
  'get-readiness': getReadiness,
  'get-metrics': getMetrics,
  'get-openapi': getOpenapi,
} as const satisfies Readonly<Record<string, Operation>>

export type OperationId = keyof typeof operations

/** Every operation id, in the order of the table. */
export const operationIds = Object.keys(operations).filter(isOperationId)

/** What a call of this operation carries, once checked against its schemas. */
export type RequestOf<K extends OperationId> = RequestOfRow<(typeof operations)[K]>

/** Every answer of this operation that is not a refusal: its status with the body of that status. */
export type ResponseOf<K extends OperationId> = ResponseOfRow<(typeof operations)[K]>

/** Is this text the id of an operation? */
export function isOperationId(text: string): text is OperationId {
  return Object.hasOwn(operations, text)
}
