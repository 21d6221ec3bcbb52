import { mayHoldUnfitText, unfitPlaces, unfitText } from '@beckon/protocol'

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
  const [unfit] = mayHoldUnfitText(data) ? unfitPlaces(value) : []
  return unfit === undefined ? { request: value } : { request: value, fault: `${unfit} ${unfitText}.` }
}

function parse(data: string): unknown {
  try {
    return data.includes('null') ? JSON.parse(data, (_key, value: unknown) => (value === null ? undefined : value)) : JSON.parse(data)
  } catch {
    return undefined
  }
}
