import type { Fault } from '../shapes/problem.ts'
import { closestName } from './closest-name.ts'

/** A schema's own error, in the shape that its validator gives. */
export interface SchemaError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

const mostFaults = 20

/**
 * What is wrong with a value, in words for the person who wrote the call. `place` turns a path inside the value into
 * what the fault points at; `known` are the names a misspelt field may have been meant to be.
 */
export function faultsOf(errors: readonly SchemaError[], known: readonly string[], place: (path: string) => string): readonly Fault[] {
  const faults: Fault[] = []
  for (const error of errors) {
    if (isEcho(error, errors)) continue
    for (const { path, detail } of sentences(error, errors, known)) {
      const pointer = place(path)
      if (!faults.some((fault) => fault.pointer === pointer)) faults.push({ pointer, detail })
    }
  }
  return faults.slice(0, mostFaults)
}

/** What another error of the same list says better. */
function isEcho(error: SchemaError, all: readonly SchemaError[]): boolean {
  if (error.keyword === 'boolean') return true
  if (error.keyword === 'allOf' || error.schemaPath.includes('/propertyNames')) return true
  if (error.keyword === 'if') return all.some((other) => other.keyword !== 'if' && other.schemaPath.startsWith(`${error.schemaPath}/`))
  const inChoice = /^(.*)\/anyOf\/\d+/.exec(error.schemaPath)
  return inChoice !== null && all.some((other) => other.keyword === 'anyOf' && other.schemaPath === inChoice[1])
}

interface Sentence {
  readonly path: string
  readonly detail: string
}

function sentences(error: SchemaError, all: readonly SchemaError[], known: readonly string[]): readonly Sentence[] {
  const { instancePath: path, params, message } = error
  const at = (name: string): string => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const names = (key: string): readonly string[] => texts(params, key)
  if (error.keyword === 'required') return names('requiredProperties').map((name) => ({ path: at(name), detail: 'is missing' }))
  if (error.keyword === 'additionalProperties') return names('additionalProperties').map((name) => ({ path: at(name), detail: unknownName(name, known) }))
  if (error.keyword === 'propertyNames') return names('propertyNames').map((name) => ({ path: at(name), detail: 'is a name of the wrong length' }))
  if (error.keyword === 'anyOf') return [{ path, detail: choice(error, all) }]
  return [{ path, detail: (words[error.keyword] ?? (() => message))(params) }]
}

function unknownName(name: string, known: readonly string[]): string {
  const meant = closestName(name, known)
  return meant === undefined ? 'is not known here' : `is not known here; did you mean ${meant}?`
}

function choice(error: SchemaError, all: readonly SchemaError[]): string {
  const inside = all.filter((other) => other.keyword === 'required' && other.schemaPath.startsWith(`${error.schemaPath}/anyOf/`))
  const options = inside.map((other) => texts(other.params, 'requiredProperties').join(' and '))
  return options.length === 0 ? 'fits none of the shapes it may have' : `needs ${options.join(' or ')}`
}

const words: Readonly<Record<string, (params: object) => string>> = {
  type: (params) => `must be ${article(text(params, 'type'))}`,
  enum: (params) => `must be one of ${texts(params, 'allowedValues').join(', ')}`,
  const: (params) => `must be ${text(params, 'allowedValue')}`,
  minLength: (params) => (text(params, 'limit') === '1' ? 'must not be empty' : `must have at least ${text(params, 'limit')} characters`),
  maxLength: (params) => `must have at most ${text(params, 'limit')} characters`,
  minimum: (params) => `must be at least ${text(params, 'limit')}`,
  maximum: (params) => `must be at most ${text(params, 'limit')}`,
  minItems: (params) => `must have at least ${text(params, 'limit')} items`,
  maxItems: (params) => `must have at most ${text(params, 'limit')} items`,
  minProperties: (params) => `must have at least ${text(params, 'limit')} field`,
  maxProperties: (params) => `must have at most ${text(params, 'limit')} fields`,
  uniqueItems: () => 'must not name anything twice',
  format: (params) => formats[text(params, 'format')] ?? `must be a ${text(params, 'format')}`,
  if: () => 'fits none of the shapes it may have',
  pattern: () => 'is not in the form it must have',
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'must be a time such as 2026-03-04T10:11:12.345Z',
  email: 'must be an e-mail address',
}

function article(type: string): string {
  return type === 'integer' ? 'a whole number' : /^[aeo]/.test(type) ? `an ${type}` : `a ${type}`
}

function text(params: object, key: string): string {
  const value: unknown = Object.getOwnPropertyDescriptor(params, key)?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function texts(params: object, key: string): readonly string[] {
  const value: unknown = Object.getOwnPropertyDescriptor(params, key)?.value
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : []
}
