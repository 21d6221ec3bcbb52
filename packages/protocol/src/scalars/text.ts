import { Type } from 'typebox'
import { maxTextBytes } from './max-text-bytes.ts'
import { utf8Length } from './utf8-length.ts'

/** A message's text: 1 to 4096 bytes of UTF-8. JSON Schema counts characters only, so the byte limit is checked beside it. */
export const MessageText = Type.Refine(
  Type.String({ minLength: 1, maxLength: maxTextBytes, description: `At most ${maxTextBytes} bytes of UTF-8.` }),
  (text: string) => utf8Length(text) <= maxTextBytes,
  () => `must not have more than ${maxTextBytes} bytes of UTF-8`,
)

/** A name shown to people. */
export const Name = Type.String({ minLength: 1, maxLength: 200 })

/** Why something was done, in the caller's words; shown and kept, never interpreted. */
export const Reason = Type.String({ minLength: 1, maxLength: 200 })
