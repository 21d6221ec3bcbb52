import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import type { Wire } from '../wire.ts'

const switchable = Type.Object({ enabled: Type.Boolean() })

const conversations = Type.Object({
  messagingEndpoint: Type.String({ description: 'Where the guest socket is: scheme, host and port.' }),
  showAgentTypingIndicator: Type.Boolean(),
  showUserTypingIndicator: Type.Boolean(),
  autoStart: switchable,
  conversationDisconnect: Type.Object({ enabled: Type.Boolean(), type: Type.Enum(['ReadOnly', 'Send']) }),
  conversationClear: switchable,
  notifications: Type.Object({
    enabled: Type.Boolean(),
    notificationContentType: Type.Enum(['IncludeMessagesContent', 'ExcludeMessagesContent']),
  }),
  markdown: switchable,
  humanize: switchable,
})

const messenger = Type.Object({
  enabled: Type.Boolean(),
  styles: Type.Object({ primaryColor: Type.String() }),
  launcherButton: Type.Object({ visibility: Type.String() }),
  fileUpload: Type.Object({
    enableAttachments: Type.Optional(Type.Boolean()),
    modes: Type.Array(Type.Object({ fileTypes: Type.Array(Type.String()), maxFileSizeKB: Type.Integer() })),
  }),
  apps: Type.Object({ conversations }),
})

/**
 * What a guest client loads before it connects (guest protocol 4.11). `version` is text, and an enum value that native
 * clients do not know makes them drop the document; `beckon` is for our own widget.
 */
export const DeploymentConfig = Type.Object(
  {
    id: Id,
    version: Type.String(),
    languages: Type.Array(Type.String()),
    defaultLanguage: Type.String(),
    apiEndpoint: Type.String(),
    status: Type.Enum(['Active', 'Inactive']),
    auth: Type.Object({ enabled: Type.Boolean(), allowSessionUpgrade: Type.Boolean() }),
    journeyEvents: switchable,
    messenger,
    beckon: Type.Object({
      title: Type.String(),
      greeting: Type.String(),
      primaryColor: Type.String(),
      position: Type.Enum(['right', 'left']),
      whenGuestWritesAfterClose: Type.Enum(['reopen', 'startLinked', 'readOnly']),
    }),
  },
  { title: 'DeploymentConfig' },
)
export type DeploymentConfig = Wire<typeof DeploymentConfig>
