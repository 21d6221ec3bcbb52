/**
 * An address of one noun. Ids are UUIDv7 text, may be kept for years, and never grant anything.
 * The brand keeps a conversation id from being passed where a contact id is meant.
 */
export type Id<Noun extends string> = string & { readonly __noun: Noun }

export type ContactId = Id<'contact'>
export type ConversationId = Id<'conversation'>
export type SessionId = Id<'session'>
export type ParticipantId = Id<'participant'>
export type EntryId = Id<'entry'>
export type ProactiveId = Id<'proactive'>
export type DeploymentId = Id<'deployment'>
export type ClientId = Id<'client'>
export type AgentId = Id<'agent'>
export type AttachmentId = Id<'attachment'>
export type SignInId = Id<'sign-in'>

/** Reads any text as an address: whether it leads anywhere is for the store to say. */
export function toId<Noun extends string>(text: string): Id<Noun> {
  return text as Id<Noun>
}
