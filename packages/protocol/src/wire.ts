import type { Static, TSchema } from 'typebox'

/** What a value of this schema is in code: the schema's static type, readonly all the way down. */
export type Wire<S extends TSchema> = DeepReadonly<Static<S>>

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T
