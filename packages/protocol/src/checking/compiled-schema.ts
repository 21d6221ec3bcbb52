import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import type { Fault } from '../shapes/problem.ts'
import { faultsOf } from './fault-words.ts'

/** A schema made ready for checking many values. */
export interface CompiledSchema {
  fits(value: unknown): boolean
  /** What keeps the value from fitting. */
  faults(value: unknown): readonly Fault[]
}

export function compileSchema(schema: TSchema, place: (path: string) => string): CompiledSchema {
  return {
    fits: (value) => validatorOf(schema).Check(value),
    faults: (value) => faultsOf(validatorOf(schema).Errors(value), [...namesIn(schema)], place),
  }
}

const validators = new WeakMap<TSchema, Validator>()

/** Compiled when it is first needed, and once: a server has hundreds of schemas, and is to be ready before all of them are. */
function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema)
  if (known) return known
  const validator = Compile(schema)
  validators.set(schema, validator)
  return validator
}

/** A fault in the body, as a JSON Pointer fragment. */
export function inBody(path: string): string {
  return `#${path}`
}

/** A fault in the query: `?pageSize`. */
export function inQuery(path: string): string {
  return `?${path.slice(1)}`
}

function* namesIn(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield name
    yield* namesIn(property)
  }
}
