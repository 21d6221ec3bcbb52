import type { AttachmentFiles } from '../ports/attachment-files.ts'
import type { Clock } from '../ports/clock.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { IdentityProvider } from '../ports/identity-provider.ts'
import type { MediaProbe } from '../ports/media-probe.ts'
import type { Presence } from '../ports/presence.ts'
import type { Secrets } from '../ports/secrets.ts'
import type { Store } from '../ports/store.ts'
import { createAcknowledge } from './commands/acknowledge.ts'
import { createAddParticipant } from './commands/add-participant.ts'
import { createCancelProactive } from './commands/cancel-proactive.ts'
import { createClearConversation } from './commands/clear-conversation.ts'
import { createConfigureGuest } from './commands/configure-guest.ts'
import { createConfigureSignedInGuest } from './commands/configure-signed-in-guest.ts'
import { createCreateAgent } from './commands/create-agent.ts'
import { createCreateAttachment } from './commands/create-attachment.ts'
import { createCreateClient } from './commands/create-client.ts'
import { createCreateContact } from './commands/create-contact.ts'
import { createCreateDeployment } from './commands/create-deployment.ts'
import { createCreateSession } from './commands/create-session.ts'
import { createDeleteAgent } from './commands/delete-agent.ts'
import { createDeleteAttachment } from './commands/delete-attachment.ts'
import { createDeleteClient } from './commands/delete-client.ts'
import { createDeleteDeployment } from './commands/delete-deployment.ts'
import { createEndSession } from './commands/end-session.ts'
import { createEraseContact } from './commands/erase-contact.ts'
import { createIssueToken } from './commands/issue-token.ts'
import { createJoinAsGuest } from './commands/join-as-guest.ts'
import { createKeepAppointment } from './commands/keep-appointment.ts'
import { createLoginAgent } from './commands/login-agent.ts'
import { createLogoutAgent } from './commands/logout-agent.ts'
import { createProlongSession } from './commands/prolong-session.ts'
import { createRemoveParticipant } from './commands/remove-participant.ts'
import { createRefreshSignIn } from './commands/refresh-sign-in.ts'
import { createRegisterPushDevice } from './commands/register-push-device.ts'
import { createRemovePushDevice } from './commands/remove-push-device.ts'
import { createRescheduleProactive } from './commands/reschedule-proactive.ts'
import { createRevokeToken } from './commands/revoke-token.ts'
import { createRotateClientSecret } from './commands/rotate-client-secret.ts'
import { createSendMessage } from './commands/send-message.ts'
import { createSignInGuest } from './commands/sign-in-guest.ts'
import { createSignOutGuest } from './commands/sign-out-guest.ts'
import { createUpdateAgent } from './commands/update-agent.ts'
import { createUpdateClient } from './commands/update-client.ts'
import { createUpdateContact } from './commands/update-contact.ts'
import { createUpdateConversation } from './commands/update-conversation.ts'
import { createUpdateDeployment } from './commands/update-deployment.ts'
import { createUpdatePushDevice } from './commands/update-push-device.ts'
import { createUploadAttachment } from './commands/upload-attachment.ts'
import { createWriteAsGuest } from './commands/write-as-guest.ts'
import { createGetAttachment } from './queries/get-attachment.ts'
import { createGetReachability } from './queries/get-reachability.ts'
import { createListDeliveries } from './queries/list-deliveries.ts'
import { createOpenAttachment } from './queries/open-attachment.ts'

export interface UseCaseDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: Secrets
  readonly presence: Presence
  readonly files: AttachmentFiles
  readonly probe: MediaProbe
  readonly identityProvider: IdentityProvider
}

/** Everything the product can be asked to do; edges take the few they offer. Plain reads go to the store's `Reader`. */
export type UseCases = ReturnType<typeof createUseCases>

export function createUseCases(deps: UseCaseDeps) {
  return {
    acknowledge: createAcknowledge(deps),
    addParticipant: createAddParticipant(deps),
    cancelProactive: createCancelProactive(deps),
    clearConversation: createClearConversation(deps),
    configureGuest: createConfigureGuest(deps),
    configureSignedInGuest: createConfigureSignedInGuest(deps),
    createAgent: createCreateAgent(deps),
    createAttachment: createCreateAttachment(deps),
    createClient: createCreateClient(deps),
    createContact: createCreateContact(deps),
    createDeployment: createCreateDeployment(deps),
    createSession: createCreateSession(deps),
    deleteAgent: createDeleteAgent(deps),
    deleteAttachment: createDeleteAttachment(deps),
    deleteClient: createDeleteClient(deps),
    deleteDeployment: createDeleteDeployment(deps),
    endSession: createEndSession(deps),
    eraseContact: createEraseContact(deps),
    getAttachment: createGetAttachment(deps),
    getReachability: createGetReachability(deps),
    issueToken: createIssueToken(deps),
    joinAsGuest: createJoinAsGuest(deps),
    keepAppointment: createKeepAppointment(deps),
    listDeliveries: createListDeliveries(deps),
    openAttachment: createOpenAttachment(deps),
    prolongSession: createProlongSession(deps),
    refreshSignIn: createRefreshSignIn(deps),
    registerPushDevice: createRegisterPushDevice(deps),
    removePushDevice: createRemovePushDevice(deps),
    removeParticipant: createRemoveParticipant(deps),
    rescheduleProactive: createRescheduleProactive(deps),
    revokeToken: createRevokeToken(deps),
    rotateClientSecret: createRotateClientSecret(deps),
    sendMessage: createSendMessage(deps),
    signInGuest: createSignInGuest(deps),
    signOutGuest: createSignOutGuest(deps),
    loginAgent: createLoginAgent(deps),
    logoutAgent: createLogoutAgent(deps),
    updateAgent: createUpdateAgent(deps),
    updateClient: createUpdateClient(deps),
    updateContact: createUpdateContact(deps),
    updateConversation: createUpdateConversation(deps),
    updateDeployment: createUpdateDeployment(deps),
    updatePushDevice: createUpdatePushDevice(deps),
    uploadAttachment: createUploadAttachment(deps),
    writeAsGuest: createWriteAsGuest(deps),
  }
}
