/** Rows that Beckon itself has written, which the seeded ones are copies of: bodies as JSON text, and the ids in them. */
export interface Template {
  readonly deploymentId: string
  readonly contactId: string
  readonly sessionId: string
  readonly conversationId: string
  readonly tokenHash: string
  /** When the template was made: every seeded moment is before it, and sessions live on from it. */
  readonly startedAt: number
  readonly contact: string
  readonly session: string
  readonly sessionTimer: string
  readonly openConversation: string
  readonly closedConversation: string
  readonly started: string
  readonly inbound: string
  readonly outbound: string
}
