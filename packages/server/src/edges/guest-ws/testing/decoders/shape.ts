/** What keeps a value from being read by a client; nothing when it can be. */
export type Faults = readonly string[]
export type Check = (value: unknown, at: string) => Faults

type Fields = Readonly<Record<string, unknown>>

const none: Faults = []
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export const text: Check = (value, at) => (typeof value === 'string' ? none : [`${at} is no text`])
export const flag: Check = (value, at) => (typeof value === 'boolean' ? none : [`${at} is no boolean`])
/** A number with a fraction, or in exponent form, is none to a decoder of integers. */
export const whole: Check = (value, at) => (Number.isSafeInteger(value) ? none : [`${at} is no integer`])
export const anything: Check = () => none

export const oneOf = (...names: readonly string[]): Check => (value, at) =>
  typeof value === 'string' && names.includes(value) ? none : [`${at} is ${JSON.stringify(value)}, not one of ${names.join(', ')}`]

export const list = (check: Check): Check => (value, at) =>
  Array.isArray(value) ? value.flatMap((item, index) => check(item, `${at}/${String(index)}`)) : [`${at} is no list`]

export const map = (check: Check): Check => (value, at) =>
  isFields(value) ? Object.entries(value).flatMap(([key, item]) => check(item, `${at}/${key}`)) : [`${at} is no map`]

/** A field whose name ends in `?` may be left out, but not be null; fields that are not named are ignored. */
export const object = (checks: Readonly<Record<string, Check>>): Check => (value, at) => {
  if (!isFields(value)) return [`${at} is no object`]
  return Object.entries(checks).flatMap(([name, check]) => {
    const key = name.replace('?', '')
    if (Object.hasOwn(value, key)) return check(value[key], `${at}/${key}`)
    return name.endsWith('?') ? none : [`${at}/${key} is missing`]
  })
}

/** By the text in `key`; what is not named there is checked by `otherwise`. */
export const by = (key: string, checks: Readonly<Record<string, Check>>, otherwise: Check): Check => (value, at) => {
  const kind = isFields(value) ? value[key] : undefined
  const check = typeof kind === 'string' && Object.hasOwn(checks, kind) ? checks[kind] : undefined
  return (check ?? otherwise)(value, at)
}

export const all = (...checks: readonly Check[]): Check => (value, at) => checks.flatMap((check) => check(value, at))
