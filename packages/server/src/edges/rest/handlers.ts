import type { OperationId } from '@beckon/protocol'
import type { Handler } from '../shared/operation/operation-call.ts'
import type { RestDeps } from './rest-deps.ts'
import { createAgent } from './routes/agents/create-agent.ts'
import { deleteAgent } from './routes/agents/delete-agent.ts'
import { getAgent } from './routes/agents/get-agent.ts'
import { getCurrentAgent } from './routes/agents/get-current-agent.ts'
import { listAgents } from './routes/agents/list-agents.ts'
import { loginAgent } from './routes/agents/login-agent.ts'
import { logoutAgent } from './routes/agents/logout-agent.ts'
import { updateAgent } from './routes/agents/update-agent.ts'
import type { AttachmentDeps } from './routes/attachments/attachment-deps.ts'
import { createAttachment } from './routes/attachments/create-attachment.ts'
import { deleteAttachment } from './routes/attachments/delete-attachment.ts'
import { getAttachmentContent } from './routes/attachments/get-attachment-content.ts'
import { getAttachment } from './routes/attachments/get-attachment.ts'
import { createClient } from './routes/clients/create-client.ts'
import { deleteClient } from './routes/clients/delete-client.ts'
import { getClient } from './routes/clients/get-client.ts'
import { listClients } from './routes/clients/list-clients.ts'
import { rotateClientSecret } from './routes/clients/rotate-client-secret.ts'
import { updateClient } from './routes/clients/update-client.ts'
import { createContact } from './routes/contacts/create-contact.ts'
import { eraseContact } from './routes/contacts/erase-contact.ts'
import { getContact } from './routes/contacts/get-contact.ts'
import { listContacts } from './routes/contacts/list-contacts.ts'
import { updateContact } from './routes/contacts/update-contact.ts'
import { addParticipant } from './routes/conversations/add-participant.ts'
import { getConversation } from './routes/conversations/get-conversation.ts'
import { listConversations } from './routes/conversations/list-conversations.ts'
import { listMessages } from './routes/conversations/list-messages.ts'
import { listParticipants } from './routes/conversations/list-participants.ts'
import { markSeen } from './routes/conversations/mark-seen.ts'
import { removeParticipant } from './routes/conversations/remove-participant.ts'
import { sendTyping } from './routes/conversations/send-typing.ts'
import { updateConversation } from './routes/conversations/update-conversation.ts'
import { createDeployment } from './routes/deployments/create-deployment.ts'
import { deleteDeployment } from './routes/deployments/delete-deployment.ts'
import { getDeployment } from './routes/deployments/get-deployment.ts'
import { listDeployments } from './routes/deployments/list-deployments.ts'
import { updateDeployment } from './routes/deployments/update-deployment.ts'
import { listEvents } from './routes/events/list-events.ts'
import { streamEvents } from './routes/events/stream-events.ts'
import { cancelProactive } from './routes/proactive/cancel-proactive.ts'
import { getProactive } from './routes/proactive/get-proactive.ts'
import { listProactive } from './routes/proactive/list-proactive.ts'
import { rescheduleProactive } from './routes/proactive/reschedule-proactive.ts'
import { getReachability } from './routes/sending/get-reachability.ts'
import { listDeliveries } from './routes/sending/list-deliveries.ts'
import { sendMessage } from './routes/sending/send-message.ts'
import { sendToContact } from './routes/sending/send-to-contact.ts'
import { sendToConversation } from './routes/sending/send-to-conversation.ts'
import { createSession } from './routes/sessions/create-session.ts'
import { endSession } from './routes/sessions/end-session.ts'
import { getSession } from './routes/sessions/get-session.ts'
import type { FeedDeps } from './routes/events/list-events.ts'

/** The operations of this edge; the others of the table belong to the edges of OAuth, guests and operation. */
export type RestOperation = Exclude<
  OperationId,
  | 'issue-token' | 'introspect-token' | 'revoke-token' | 'get-authorization-server' | 'get-my-token'
  | 'sign-in-guest' | 'refresh-sign-in' | 'sign-out-guest' | 'register-push-device' | 'update-push-device' | 'remove-push-device'
  | 'list-guest-messages' | 'get-deployment-config' | 'get-deployment-configurations' | 'get-deployment-domains'
  | 'get-liveness' | 'get-readiness' | 'get-metrics' | 'get-openapi'
>

export type RestHandlers = { readonly [K in RestOperation]: Handler<K> }

/** One handler an operation: does not compile while one is missing. */
export function createHandlers(deps: RestDeps & FeedDeps & AttachmentDeps): RestHandlers {
  return {
    'create-session': createSession(deps),
    'get-session': getSession(deps),
    'end-session': endSession(deps),
    'list-conversations': listConversations(deps),
    'get-conversation': getConversation(deps),
    'update-conversation': updateConversation(deps),
    'mark-seen': markSeen(deps),
    'send-typing': sendTyping(deps),
    'list-messages': listMessages(deps),
    'list-participants': listParticipants(deps),
    'add-participant': addParticipant(deps),
    'remove-participant': removeParticipant(deps),
    'send-to-conversation': sendToConversation(deps),
    'send-message': sendMessage(deps),
    'send-to-contact': sendToContact(deps),
    'get-reachability': getReachability(deps),
    'list-deliveries': listDeliveries(deps),
    'create-attachment': createAttachment(deps),
    'get-attachment': getAttachment(deps),
    'get-attachment-content': getAttachmentContent(deps),
    'delete-attachment': deleteAttachment(deps),
    'list-proactive': listProactive(deps),
    'get-proactive': getProactive(deps),
    'reschedule-proactive': rescheduleProactive(deps),
    'cancel-proactive': cancelProactive(deps),
    'create-contact': createContact(deps),
    'list-contacts': listContacts(deps),
    'get-contact': getContact(deps),
    'update-contact': updateContact(deps),
    'erase-contact': eraseContact(deps),
    'list-events': listEvents(deps),
    'stream-events': streamEvents(deps),
    'create-deployment': createDeployment(deps),
    'list-deployments': listDeployments(deps),
    'get-deployment': getDeployment(deps),
    'update-deployment': updateDeployment(deps),
    'delete-deployment': deleteDeployment(deps),
    'create-client': createClient(deps),
    'list-clients': listClients(deps),
    'get-client': getClient(deps),
    'update-client': updateClient(deps),
    'delete-client': deleteClient(deps),
    'rotate-client-secret': rotateClientSecret(deps),
    'create-agent': createAgent(deps),
    'list-agents': listAgents(deps),
    'get-agent': getAgent(deps),
    'update-agent': updateAgent(deps),
    'delete-agent': deleteAgent(deps),
    'login-agent': loginAgent(deps),
    'logout-agent': logoutAgent(deps),
    'get-current-agent': getCurrentAgent(deps),
  }
}
