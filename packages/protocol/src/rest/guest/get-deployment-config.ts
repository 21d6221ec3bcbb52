import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { DeploymentConfig } from '../../shapes/deployment-config.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 4.11. */
export const getDeploymentConfig = defineOperation({
  operationId: 'get-deployment-config',
  method: 'GET',
  path: '/webdeployments/v1/deployments/{deploymentId}/config.json',
  summary: 'Get what a guest client needs before it connects',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id }),
  responses: { 200: DeploymentConfig },
  idempotent: false,
  examples: [
    {
      summary: 'A shop',
      params: { deploymentId: id.deployment },
      status: 200,
      answer: {
        id: id.deployment, version: '1', languages: ['en-us'], defaultLanguage: 'en-us', apiEndpoint: 'https://chat.example', status: 'Active',
        auth: { enabled: false, allowSessionUpgrade: false },
        journeyEvents: { enabled: false },
        messenger: {
          enabled: true,
          styles: { primaryColor: '#0f6b5c' },
          launcherButton: { visibility: 'On' },
          fileUpload: { modes: [] },
          apps: {
            conversations: {
              messagingEndpoint: 'wss://chat.example',
              showAgentTypingIndicator: true,
              showUserTypingIndicator: true,
              autoStart: { enabled: false },
              conversationDisconnect: { enabled: true, type: 'Send' },
              conversationClear: { enabled: true },
              notifications: { enabled: false, notificationContentType: 'ExcludeMessagesContent' },
              markdown: { enabled: false },
              humanize: { enabled: false },
            },
          },
        },
        beckon: { title: 'Chat with us', greeting: 'Hello! Ask us anything.', primaryColor: '#0f6b5c', position: 'right', whenGuestWritesAfterClose: 'reopen' },
      },
    },
  ],
})
