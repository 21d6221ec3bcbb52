/** One page of a list, as the server sends it. */
export interface Page<Entity> {
  readonly entities: readonly Entity[]
  readonly pageSize: number
  /** Where the next page is; absent on the last one. */
  readonly nextUri?: string
}

/**
 * A list: await it for its first page, or walk over every entity with `for await`; the pages are fetched as you go.
 *
 * @example
 * const { entities } = await beckon.listContacts({ pageSize: 10 })
 * for await (const contact of beckon.listContacts()) console.log(contact.name)
 */
export type Paged<Answer extends Page<Entity>, Entity> = Promise<Answer> & AsyncIterable<Entity>

/** Fetches the first page at once and the others when the walk gets there. */
export function paged<Answer extends Page<Entity>, Entity>(
  first: Promise<Answer>,
  fetchNext: (nextUri: string) => Promise<Answer>,
): Paged<Answer, Entity> {
  return Object.assign(first, {
    async *[Symbol.asyncIterator](): AsyncGenerator<Entity> {
      let page = await first
      yield* page.entities
      while (page.nextUri !== undefined) {
        page = await fetchNext(page.nextUri)
        yield* page.entities
      }
    },
  })
}
