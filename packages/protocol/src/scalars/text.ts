import { Type, type TStringOptions } from 'typebox'
import { maxTextBytes } from './max-text-bytes.ts'
import { utf8Length } from './utf8-length.ts'
import { isWellFormed } from './well-formed.ts'

const brokenText = (): string => 'must not hold half a character or the character U+0000, which no store and no screen can keep'

/** A text that every store and every screen can keep: whole characters, none of them U+0000. JSON Schema cannot say so, so it is checked beside it. */
export function wellFormedText(options: TStringOptions = {}) {
  return Type.Refine(Type.String(options), isWellFormed, brokenText)
}

/** A message's text: 1 to 4096 bytes of UTF-8. JSON Schema counts characters only, so the byte limit is checked beside it. */
export const MessageText = Type.Refine(
  wellFormedText({ minLength: 1, maxLength: maxTextBytes, description: `At most ${maxTextBytes} bytes of UTF-8.` }),
  (text: string) => utf8Length(text) <= maxTextBytes,
  () => `must not have more than ${maxTextBytes} bytes of UTF-8`,
)

/** A name shown to people. */
export const Name = wellFormedText({ minLength: 1, maxLength: 200 })

/** Why something was done, in the caller's words; shown and kept, never interpreted. */
export const Reason = wellFormedText({ minLength: 1, maxLength: 200 })
