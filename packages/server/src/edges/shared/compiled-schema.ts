import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Fault } from '@beckon/core'
import { faultsOf } from './fault-words.ts'

/** A schema made ready for checking many values. */
export interface CompiledSchema {
  fits(value: unknown): boolean
  /** What keeps the value from fitting. */
  faults(value: unknown): readonly Fault[]
}

export function compileSchema(schema: TSchema, place: (path: string) => string): CompiledSchema {
  const compiled = Compile(schema)
  const known = [...namesIn(schema)]
  return {
    fits: (value) => compiled.Check(value),
    faults: (value) => faultsOf(compiled.Errors(value), known, place),
  }
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
