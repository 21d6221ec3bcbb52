import type { Conversation } from './conversation.ts'

/** What the guest's page says about the visit: a tier, a page, a cart. Not to be trusted like a contact's attributes, which the business writes. */
export type CustomAttributes = Readonly<Record<string, string>>

/** A page that names new keys for ever would otherwise grow the conversation with each message. */
const mostCharacters = 2048

/** The page's newest word on each key; the keys it has not spoken of for longest give way when there are too many. */
export function withCustomAttributes<C extends Conversation>(conversation: C, given: CustomAttributes): C {
  const known = conversation.customAttributes ?? {}
  if (Object.entries(given).every(([key, value]) => Object.hasOwn(known, key) && known[key] === value)) return conversation
  const renewed = [...Object.entries(known).filter(([key]) => !Object.hasOwn(given, key)), ...Object.entries(given)]
  return { ...conversation, customAttributes: Object.fromEntries(newest(renewed)), version: conversation.version + 1 }
}

function newest(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  let room = mostCharacters
  const kept = pairs.toReversed().filter(([key, value]) => (room -= key.length + value.length) >= 0)
  return kept.toReversed()
}
