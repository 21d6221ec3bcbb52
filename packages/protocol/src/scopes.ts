/**
 * Every scope a token may hold, and what it allows. Which scopes suffice for a call is written on each operation
 * (`scopes`, `scopeRules`): any one of them is enough, none listed means none is needed.
 */
export const scopes = [
  { name: 'conversations:read', allows: 'Read conversations, messages, participants, sessions and proactive messages.' },
  { name: 'conversations:write', allows: 'Create and change conversations and participants, send, reopen. Not close.' },
  { name: 'messaging:conversation:write', allows: 'Send to and reopen a conversation by its id.' },
  { name: 'messaging:contact:write', allows: 'Send to a contact by contact id, external id or session id.' },
  { name: 'webchat:session:write', allows: 'Create and end guest sessions.' },
  { name: 'webchat:write', allows: 'Send by the `webchat/*` spellings.' },
  { name: 'webmessaging:write', allows: 'Close a conversation and end its sessions.' },
  { name: 'admin:conversation:write', allows: 'Everything on conversations and sessions, including close.' },
  { name: 'contacts:read', allows: 'Read people and their consent, export them.' },
  { name: 'contacts:write', allows: 'Create and change people and their consent.' },
  { name: 'contacts:erase', allows: 'Erase people.' },
  { name: 'events:read', allows: 'Read the event feed.' },
  { name: 'webhooks:write', allows: 'Manage webhook endpoints, read their log, replay.' },
  { name: 'deployments:write', allows: 'Read and manage deployments.' },
  { name: 'oauth:clients:write', allows: 'Read and manage OAuth clients.' },
  { name: 'agents:write', allows: 'Read and manage agents.' },
] as const

/** One scope, as written in a token request and in `requiredScope`. */
export type ScopeName = (typeof scopes)[number]['name']

/** The names alone, in the order of the table. */
export const scopeNames: readonly ScopeName[] = scopes.map((scope) => scope.name)
