import type { Bus, Clock, Reader, Secrets, Timers, UseCases } from '@beckon/core'
import type { GuestAction, GuestRequestOf } from '@beckon/protocol'
import type { AttachmentLinks } from '../../shared/attachment-links.ts'
import type { LinkEntry } from '../attachments/link-entries.ts'
import type { CatchUp } from '../catch-up.ts'
import type { Connection } from '../connection.ts'
import type { GuestJwt } from '../guest-jwt.ts'
import type { SignInJwt } from '../identity/sign-in-jwt.ts'
import type { Sessions } from '../sessions.ts'

export interface RequestDeps {
  readonly useCases: Pick<UseCases, 'configureGuest' | 'configureSignedInGuest' | 'writeAsGuest' | 'joinAsGuest' | 'clearConversation' | 'acknowledge' | 'prolongSession' | 'createAttachment' | 'getAttachment' | 'deleteAttachment'>
  readonly reader: Reader
  readonly clock: Clock
  readonly secrets: Secrets
  readonly bus: Bus
  readonly timers: Timers
  readonly catchUp: CatchUp
  readonly sessions: Sessions
  readonly jwt: GuestJwt
  readonly signInJwt: SignInJwt
  readonly links: AttachmentLinks
  readonly linkEntry: LinkEntry
}

export type RequestHandler<A extends GuestAction> = (deps: RequestDeps, connection: Connection, request: GuestRequestOf<A>) => Promise<void> | void
