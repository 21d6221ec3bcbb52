import { Type } from 'typebox'

/** The caller's own keys: at most 50, values at most 1000 characters. Kept and given back untouched. */
export const Metadata = Type.Record(Type.String(), Type.String({ maxLength: 1000 }), {
  maxProperties: 50,
  propertyNames: Type.String({ minLength: 1, maxLength: 100 }),
})
