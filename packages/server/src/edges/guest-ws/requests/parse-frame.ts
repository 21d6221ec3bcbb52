import { mayHoldUnfitText, unfitPlaces, unfitText } from '@beckon/core'
import { isTooDeep, tooDeep } from '../../shared/json/json-depth.ts'

/** A request, or why the frame is none; with as much of it as was understood. */
export interface ParsedFrame {
  readonly request?: object
  readonly fault?: string
}

/**
 * What a guest's client sends is not yet checked, but JSON that can be walked through, without half characters or U+0000, and without
 * nulls: to some clients a field that is null is one that is left out (guest-protocol 2.1).
 */
export function parseFrame(data: string): ParsedFrame {
  const request = parse(data)
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return { fault: 'The frame is not a JSON object.' }
  if (isTooDeep(data, request)) return { request, fault: `The frame ${tooDeep}.` }
  const [unfit] = mayHoldUnfitText(data) ? unfitPlaces(request) : []
  if (unfit !== undefined) return { request, fault: `${unfit} ${unfitText}.` }
  if (data.includes('null')) leaveNullsOut(request)
  return { request }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function leaveNullsOut(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, item] of Object.entries(value)) {
    if (item === null) Reflect.deleteProperty(value, name)
    else leaveNullsOut(item)
  }
}
