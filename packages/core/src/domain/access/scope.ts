/** What a token may do. The vocabulary and its meaning are one table: `docs/reference/scopes.md` is rendered from it. */
export const scopeMeanings = {
  'conversations:read': 'read conversations, messages, participants, sessions, proactive messages',
  'conversations:write': 'create and change conversations and participants; send; reopen; not close',
  'messaging:conversation:write': 'send to and reopen a conversation by its id',
  'messaging:contact:write': 'send to a contact by contact id, external id or session id',
  'webchat:session:write': 'create and end guest sessions',
  'webchat:write': 'the webchat spellings: send',
  'webmessaging:write': 'close a conversation, end its sessions',
  'admin:conversation:write': 'everything on conversations and sessions, including close',
  'contacts:read': 'read people',
  'contacts:write': 'create and change people',
  'contacts:erase': 'erase people',
  'events:read': 'read the event feed',
  'webhooks:write': 'manage webhook endpoints',
  'deployments:write': 'manage deployments',
  'oauth:clients:write': 'manage OAuth clients',
  'agents:write': 'manage agents',
} as const

export type Scope = keyof typeof scopeMeanings

export const allScopes = Object.keys(scopeMeanings).filter(isScope)

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeMeanings, text)
}

/** One of the sufficient scopes is enough; none asked is none needed. */
export function suffices(granted: readonly string[], sufficient: readonly string[]): boolean {
  return sufficient.length === 0 || sufficient.some((scope) => granted.includes(scope))
}
