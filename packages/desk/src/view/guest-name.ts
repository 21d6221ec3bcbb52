import type { Contact, Conversation } from '@beckon/protocol'

/** How a guest is called; those without a name get a short one from their id, so that they can be told apart. */
export function nameOfGuest({ contactId, contact }: Conversation): string {
  return contact?.name ?? nameFromId(contactId)
}

export function nameOfContact({ id, name, email, externalId }: Contact): string {
  return name ?? email ?? externalId ?? nameFromId(id)
}

/** The end of an id is the random part of it. */
function nameFromId(contactId: string): string {
  return `Guest ${contactId.slice(-4)}`
}
