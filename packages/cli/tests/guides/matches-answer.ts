import type { Answer } from './read-examples.ts'

/** What a guide leaves open: any text in a string, anything at all by itself, more keys as a key, more lines on a line. */
const open = '…'

/** Where an output is not what the guide promises, or undefined when it is. */
export function differenceFrom(answer: Answer, output: string): string | undefined {
  if (answer.language === 'text') return differenceInText(answer.text.trimEnd().split('\n'), output.trimEnd().split('\n'))
  try {
    return differenceInJson(JSON.parse(answer.text), JSON.parse(output), '')
  } catch {
    return `not JSON: ${output}`
  }
}

/** Lines in order; a line that is open stands for any number of lines. */
function differenceInText(expected: readonly string[], actual: readonly string[]): string | undefined {
  let at = 0
  let mayskip = false
  for (const line of expected) {
    if (line.trim() === open) {
      mayskip = true
      continue
    }
    const found = actual.findIndex((candidate, index) => index >= at && (mayskip || index === at) && isLike(line, candidate))
    if (found < 0) return `no line like "${line}" in:\n${actual.slice(at).join('\n')}`
    at = found + 1
    mayskip = false
  }
  return mayskip || at === actual.length ? undefined : `more than promised:\n${actual.slice(at).join('\n')}`
}

function differenceInJson(expected: unknown, actual: unknown, path: string): string | undefined {
  if (typeof expected === 'string' && expected.includes(open)) {
    return expected === open || (typeof actual === 'string' && isLike(expected, actual)) ? undefined : told(expected, actual, path)
  }
  if (isObject(expected) && isObject(actual)) return differenceInObjects(expected, actual, path)
  return Object.is(expected, actual) ? undefined : told(expected, actual, path)
}

type Json = Readonly<Record<string, unknown>>

function differenceInObjects(expected: Json, actual: Json, path: string): string | undefined {
  if (Array.isArray(expected) !== Array.isArray(actual)) return told(expected, actual, path)
  const { [open]: more, ...named } = expected
  for (const [key, value] of Object.entries(named)) {
    const difference = key in actual ? differenceInJson(value, actual[key], `${path}/${key}`) : `${path}/${key} is missing`
    if (difference !== undefined) return difference
  }
  const unexpected = more === undefined ? Object.keys(actual).filter((key) => !(key in named)) : []
  return unexpected.length === 0 ? undefined : `${path} holds more than promised: ${unexpected.join(', ')}`
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

function isLike(pattern: string, text: string): boolean {
  const source = pattern.trimEnd().split(open).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')
  return new RegExp(`^${source}$`).test(text.trimEnd())
}

function told(expected: unknown, actual: unknown, path: string): string {
  return `${path === '' ? 'the answer' : path} is ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`
}
