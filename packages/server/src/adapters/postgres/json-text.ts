import { holdsUnfitText, mayHoldUnfitText } from '@beckon/core'

/**
 * JSON as it is stored. The engine keeps any, but cannot look into a text that holds NUL or half of a surrogate pair: one such row
 * would fail every list that it is in. The edges take neither from anybody, so it is a bug, which fails for its own caller.
 */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value)
  // An escape in JSON may as well be a backslash that somebody wrote, so the value itself is looked at.
  if (mayHoldUnfitText(json) && holdsUnfitText(JSON.parse(json))) throw new TypeError('a text with NUL or half of a surrogate pair cannot be stored')
  return json
}
