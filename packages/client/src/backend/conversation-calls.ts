import type { Conversation, Entry, Participant } from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { JsonCaller } from './json-caller.ts'
import type { Page, Paged } from './page.ts'
import type { CallOptions } from './transport.ts'

/** Which conversations to list; all given conditions hold together. Newest activity first. */
export interface ConversationFilter {
  readonly status?: 'open' | 'closed'
  /** `true`: only threads that an outbound message started and nobody has answered. */
  readonly quiet?: boolean
  readonly contactId?: string
  readonly deploymentId?: string
  /** Looks in the contact's name, external id, e-mail and in the last message. */
  readonly q?: string
  /** 1 to 100. Default 25. */
  readonly pageSize?: number
}

/** A page of conversations. One of a search may hold few, or none, and still have a `nextUri`: walk with `for await` to find all. */
export interface ConversationPage extends Page<Conversation> {
  /** Only where a search ended this page before it was full: what was last active before this moment was not looked at yet. */
  readonly searchedBackTo?: string
}

/** What may be changed of a conversation. */
export interface ConversationChanges {
  readonly status: 'open' | 'closed'
  /** Why, in your own words: shown in the log. */
  readonly reason?: string
}

/** Which part of a log to read. */
export interface LogRange {
  /** Entries with a greater `seq` than this. Default 0: from the beginning. */
  readonly after?: number
  /** 1 to 500. */
  readonly limit?: number
}

/** Somebody to add. An empty one is the conversation's own customer. */
export interface NewParticipant {
  readonly purpose?: 'customer' | 'agent' | 'bot' | 'api'
  readonly participantId?: string
  readonly contactId?: string
  readonly externalId?: string
  readonly name?: string
}

/** Reading, closing and reopening conversations. */
export interface ConversationCalls {
  /**
   * Conversations, newest activity first. Scope `conversations:read`.
   * @example for await (const { id, lastText } of beckon.listConversations({ status: 'open' })) console.log(id, lastText)
   */
  readonly listConversations: (filter?: ConversationFilter, options?: CallOptions) => Paged<ConversationPage, Conversation>
  /** One conversation with participants, cursors and presence. Scope `conversations:read`. */
  readonly getConversation: (conversationId: string, options?: CallOptions) => Promise<Conversation>
  /** Changes a conversation. Closing needs `webmessaging:write`, anything else `conversations:write`. */
  readonly updateConversation: (
    conversationId: string,
    changes: ConversationChanges,
    options?: CallOptions,
  ) => Promise<Conversation>
  /**
   * Closes a conversation; closing a closed one changes nothing and is no error. Scope `webmessaging:write`.
   * @example await beckon.closeConversation(conversationId, { reason: 'solved' })
   */
  readonly closeConversation: (
    conversationId: string,
    why?: { readonly reason?: string },
    options?: CallOptions,
  ) => Promise<Conversation>
  /** Reopens a conversation; reopening an open one changes nothing and is no error. Scope `conversations:write` or `messaging:conversation:write`. */
  readonly reopenConversation: (
    conversationId: string,
    why?: { readonly reason?: string },
    options?: CallOptions,
  ) => Promise<Conversation>
  /** Moves the business side's cursors forward: everything up to that `seq` was delivered, or seen. Never moves them back. */
  readonly markSeen: (
    conversationId: string,
    upTo: { readonly deliveredSeq?: number; readonly seenSeq?: number },
    options?: CallOptions,
  ) => Promise<void>
  /** Shows the guest that somebody is typing. Repeat every few seconds; it fades by itself. */
  readonly sendTyping: (
    conversationId: string,
    typing: { readonly on: boolean; readonly from?: { readonly name?: string } },
    options?: CallOptions,
  ) => Promise<void>
  /**
   * The log in `seq` order: messages and events. Scope `conversations:read`.
   * @example for await (const entry of beckon.listMessages(conversationId, { after: 0 })) console.log(entry.seq, entry.text)
   */
  readonly listMessages: (conversationId: string, range?: LogRange, options?: CallOptions) => Paged<Page<Entry>, Entry>
  /** Who takes part, and who did. Scope `conversations:read`. */
  readonly listParticipants: (conversationId: string, options?: CallOptions) => Paged<Page<Participant>, Participant>
  /** Adds somebody. Adding the customer to a closed conversation reopens it. Scope `conversations:write`. */
  readonly addParticipant: (
    conversationId: string,
    participant?: NewParticipant,
    options?: CallOptions,
  ) => Promise<Participant>
  /** Notes that somebody has left. Scope `conversations:write`. */
  readonly removeParticipant: (conversationId: string, participantId: string, options?: CallOptions) => Promise<void>
}

const base = '/api/v2/conversations/messaging'

export function createConversationCalls({ get, list, post, patch, remove }: JsonCaller): ConversationCalls {
  const at = (conversationId: string): string => base + path`/${conversationId}`
  return {
    listConversations: (filter, options) => list(base, options, { ...filter }),
    getConversation: (id, options) => get(at(id), options),
    updateConversation: (id, changes, options) => patch(at(id), changes, options),
    closeConversation: (id, why, options) => patch(at(id), { status: 'closed', ...why }, options),
    reopenConversation: (id, why, options) => patch(at(id), { status: 'open', ...why }, options),
    markSeen: (id, upTo, options) => post(`${at(id)}/seen`, upTo, options),
    sendTyping: (id, typing, options) => post(`${at(id)}/typing`, typing, options),
    listMessages: (id, range, options) => list(`${at(id)}/messages`, options, { ...range }),
    listParticipants: (id, options) => list(`${at(id)}/participants`, options),
    addParticipant: (id, participant, options) => post(`${at(id)}/participants`, participant ?? {}, options),
    removeParticipant: (id, participantId, options) => remove(at(id) + path`/participants/${participantId}`, options),
  }
}
