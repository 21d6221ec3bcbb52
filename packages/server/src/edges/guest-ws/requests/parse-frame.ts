/** A request, or why the frame is none; with as much of it as was understood. */
export interface ParsedFrame {
  readonly request?: object
  readonly fault?: string
}

/**
 * What a guest's client sends is not yet checked, but JSON, without half characters or U+0000, and without nulls: to some
 * clients a field that is null is one that is left out (guest-protocol 2.1).
 */
export function parseFrame(data: string): ParsedFrame {
  const value = parse(data)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'The frame is not a JSON object.' }
  const broken = mayBeBroken.test(data) ? brokenPlace(value) : undefined
  if (broken === undefined) return { request: value }
  return { request: value, fault: `${broken} holds half a character or the character U+0000, which no store and no screen can keep.` }
}

/** The frame itself is UTF-8: only an escape can spell them. */
const mayBeBroken = /\\u(?:0000|d[89a-f])/i
const broken = /[\u0000\ud800-\udfff]/u

function parse(data: string): unknown {
  try {
    return data.includes('null') ? JSON.parse(data, (_key, value: unknown) => (value === null ? undefined : value)) : JSON.parse(data)
  } catch {
    return undefined
  }
}

/** As deep as any request goes: what is deeper is not looked at by anybody. */
const deepest = 20

function brokenPlace(value: unknown, place = '', depth = 0): string | undefined {
  if (typeof value === 'string') return broken.test(value) ? place : undefined
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined
  for (const [key, item] of Object.entries(value)) {
    const at = broken.test(key) ? place : brokenPlace(item, `${place}/${key}`, depth + 1)
    if (at !== undefined) return at
  }
  return undefined
}
