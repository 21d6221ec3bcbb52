import { isUtf8 } from 'node:buffer'
import type { Fault } from '@beckon/core'
import { inBody, mayHoldUnfitText } from '@beckon/protocol'
import { invalidRequest, unfitFaults } from './http-refused.ts'
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
  if (openings(text) > deepest && isDeeperThan(deepest, value)) throw invalidRequest([{ pointer: '#', detail: `is nested more than ${deepest} levels deep` }])
  if (mentionsPrototype.test(text)) refusePrototypes(value)
  const unfit = mayHoldUnfitText(text) ? unfitFaults(value, inBody) : []
  if (unfit.length > 0) throw invalidRequest(unfit)
  return value
}

/** Deeper than anything this API knows, and far from where walking a value exhausts the stack. */
const deepest = 100

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

function openings(text: string): number {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) count += 1
  }
  return count
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item))
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
