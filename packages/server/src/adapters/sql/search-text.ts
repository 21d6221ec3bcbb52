import type { Contact } from '@beckon/core'

/** What a contact is searched by, in lower case, a line each. */
export function searchText({ name, email, externalId, phone }: Contact): string {
  return [name, email, externalId, phone].filter((part) => part !== undefined).join('\n').toLowerCase()
}
