/**
 * Where a text stops being JSON: the index of the first character that cannot be there, its length when it ends too
 * early, undefined when it is JSON. The engine's own message names a place only for some faults, so a caller with a
 * comma too many in the hundredth line would be told no more than that there is one.
 */
export function jsonFaultAt(text: string): number | undefined {
  try {
    const end = skipSpace(text, readValue(text, 0, 0))
    return end === text.length ? undefined : end
  } catch (fault) {
    if (fault instanceof FaultAt) return fault.index
    throw fault
  }
}

class FaultAt extends Error {
  readonly index: number
  constructor(index: number) {
    super('not JSON')
    this.index = index
  }
}

const space = /[ \t\n\r]*/y
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
const literalToken = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const deepest = 2000

function readValue(text: string, from: number, depth: number): number {
  const at = skipSpace(text, from)
  if (depth > deepest) throw new FaultAt(at)
  const first = text[at]
  if (first === '{') return readItems(text, at, { close: '}', depth, item: readMember })
  if (first === '[') return readItems(text, at, { close: ']', depth, item: readValue })
  if (first === '"') return readString(text, at)
  const end = match(literalToken, text, at)
  if (end === at) throw new FaultAt(at)
  return end
}

interface Items {
  readonly close: string
  readonly depth: number
  readonly item: (text: string, from: number, depth: number) => number
}

function readItems(text: string, open: number, { close, depth, item }: Items): number {
  let at = skipSpace(text, open + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    at = skipSpace(text, item(text, at, depth + 1))
    if (text[at] === close) return at + 1
    if (text[at] !== ',') throw new FaultAt(at)
    at += 1
  }
}

function readMember(text: string, from: number, depth: number): number {
  const key = skipSpace(text, from)
  if (text[key] !== '"') throw new FaultAt(key)
  const colon = skipSpace(text, readString(text, key))
  if (text[colon] !== ':') throw new FaultAt(colon)
  return readValue(text, colon + 1, depth)
}

function readString(text: string, at: number): number {
  const end = match(stringToken, text, at)
  if (text[end] !== '"') throw new FaultAt(end)
  return end + 1
}

function skipSpace(text: string, at: number): number {
  return match(space, text, at)
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
