import { isUtf8 } from 'node:buffer'
import { mayHoldUnfitText, type Fault } from '@beckon/core'
import { inBody } from '@beckon/protocol'
import { invalidRequest, unfitFaults } from '../http-refused.ts'
import { isTooDeep, tooDeep } from './json-depth.ts'
import { jsonFaultAt } from './json-fault.ts'

/**
 * The value of a JSON body. No bytes at all are no body: programs announce JSON and then send nothing.
 * Throws the refusal that names the place of the fault.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw invalidRequest([{ pointer: '#', detail: 'is not valid UTF-8' }])
  const text = bytes.toString('utf8')
  const value = parse(text)
  if (isTooDeep(text, value)) throw invalidRequest([{ pointer: '#', detail: tooDeep }])
  if (mentionsPrototype.test(text)) refusePrototypes(value)
  const unfit = mayHoldUnfitText(text) ? unfitFaults(value, inBody) : []
  if (unfit.length > 0) throw invalidRequest(unfit)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidRequest([notJson(text)])
  }
}

function notJson(text: string): Fault {
  const index = jsonFaultAt(text) ?? text.length
  const before = text.slice(0, index).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  const what = index >= text.length ? 'it ends too early' : `${JSON.stringify(text[index])} cannot be there`
  return { pointer: '#', detail: `is not valid JSON: ${what} (${place})` }
}

/** Escapes could spell the name too, so any escaped underscore or letter is reason enough to look. */
const mentionsPrototype = /__proto__|\\u005[fF]|\\u00[67]/

/** A key of this name turns into the prototype of whatever object it is copied to. */
function refusePrototypes(value: unknown, pointer = '#'): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw invalidRequest([{ pointer: `${pointer}/__proto__`, detail: 'is not a name that a field may have' }])
    refusePrototypes(item, `${pointer}/${key}`)
  }
}
