import { brief, isJson } from '../wire/json.ts'
import { Failed } from './verdict.ts'

/** A value that is not named but described; its function's name is what a report says was expected. */
export type Described = (value: unknown) => boolean

/** Fails unless the value has what the shape has: literals are equal, descriptions hold, further fields are welcome. */
export function expectShape(what: string, value: unknown, shape: unknown): void {
  const differences = differencesOf(value, shape, '')
  if (differences.length > 0) throw new Failed(`${what}: ${differences.join('; ')}; came ${brief(value)}`)
}

export function expectThat(what: string, holds: boolean, came: unknown): void {
  if (!holds) throw new Failed(`expected ${what}; came ${brief(came)}`)
}

export function expectEqual(what: string, value: unknown, expected: unknown): void {
  if (JSON.stringify(value) !== JSON.stringify(expected)) throw new Failed(`${what}: expected ${brief(expected)}; came ${brief(value)}`)
}

function differencesOf(value: unknown, shape: unknown, path: string): readonly string[] {
  const here = path === '' ? 'it' : path
  if (typeof shape === 'function') return Reflect.apply(shape, undefined, [value]) === true ? [] : [`${here} should be ${words(shape.name)} and is ${brief(value, 80)}`]
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length < shape.length) return [`${here} should be a list of at least ${shape.length} and is ${brief(value, 80)}`]
    return shape.flatMap((part, index) => differencesOf(value[index], part, `${path}[${index}]`))
  }
  if (isJson(shape)) {
    if (!isJson(value)) return [`${here} should be an object and is ${brief(value, 80)}`]
    return Object.entries(shape).flatMap(([key, part]) => differencesOf(value[key], part, path === '' ? key : `${path}.${key}`))
  }
  return value === shape ? [] : [`${here} should be ${brief(shape, 80)} and is ${brief(value, 80)}`]
}

function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

export const aText: Described = (value) => typeof value === 'string' && value !== ''
export const anyText: Described = (value) => typeof value === 'string'
export const aFlag: Described = (value) => typeof value === 'boolean'
export const aWholeNumber: Described = (value) => Number.isInteger(value)
export const aCount: Described = (value) => typeof value === 'number' && Number.isInteger(value) && value > 0
export const absent: Described = (value) => value === undefined || value === null
export const emptyOrAbsent: Described = (value) => value === undefined || value === null || value === '' || (isJson(value) && Object.keys(value).length === 0)
/** Milliseconds would be past the year 5000. */
export const aMomentInSeconds: Described = (value) => typeof value === 'number' && Number.isInteger(value) && value > 1_000_000_000 && value < 100_000_000_000
export const aUtcMomentWithMilliseconds: Described = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
export const wholeNumberAsText: Described = (value) => typeof value === 'string' && /^\d+$/.test(value)
export const falseAsTextOrAbsent: Described = (value) => value === undefined || value === 'false'
export const anErrorCode: Described = (value) => typeof value === 'number' && value >= 400
