import type { Json } from '../wire/json.ts'

/** The side of the business, as far as cases need one. Each server has its own way to it; an adapter knows it. */
export interface Backend {
  readonly name: string
  /** The id of a deployment with these traits; throws `NotApplicable` when this server has no such thing. */
  readonly deploymentWith: (traits: Traits) => Promise<string>
  /** The id of the conversation in which the guest has just written this text, which no other guest wrote. */
  readonly conversationWith: (text: string) => Promise<string>
  readonly send: (conversationId: string, message: BackendMessage) => Promise<void>
  readonly showTyping: (conversationId: string) => Promise<void>
  readonly end: (conversationId: string) => Promise<void>
  /** Whether agents have it in front of them. */
  readonly isOpen: (conversationId: string) => Promise<boolean>
  /** What agents read of the guest's messages, oldest first. */
  readonly textsOf: (conversationId: string) => Promise<readonly string[]>
}

/** What a case asks of a deployment; what is left out is the server's default. */
export interface Traits {
  /** What the guest may do after the business ended the conversation; `off` when they are not told (4.4). */
  readonly disconnect?: 'Send' | 'ReadOnly' | 'off'
  readonly clear?: boolean
  readonly sessionSeconds?: number
  readonly allowedDomains?: readonly string[]
  readonly inactive?: boolean
  /** A deployment of its own, so that two with equal traits are two. */
  readonly another?: string
}

export interface BackendMessage {
  readonly text?: string
  readonly content?: readonly Json[]
  readonly from?: string
  readonly isBot?: boolean
}
