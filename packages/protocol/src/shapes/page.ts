import { Type, type TSchema } from 'typebox'

/** An opaque place in a list or in the event feed, from an earlier answer. */
export const Cursor = Type.String({ minLength: 1, maxLength: 500 })

/** What every list takes: how many at most, and where to go on. Follow `nextUri` rather than building the next request. */
export const pageQuery = {
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
  cursor: Type.Optional(Cursor),
}

/** One page of a list; `nextUri` is absent on the last one. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    entities: Type.Array(item),
    pageSize: Type.Integer({ minimum: 0 }),
    nextUri: Type.Optional(Type.String({ description: 'The next page, relative to the server.' })),
  })
}
