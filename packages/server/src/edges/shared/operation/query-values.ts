import type { TObject, TSchema } from 'typebox'

const number = /^-?\d+(?:\.\d+)?$/

/** Turns the text of a query into the types its schema asks for. What does not look like the type stays text, and fails there. */
export function createQueryReader(schema: TObject): (query: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const readers = new Map(Object.entries(schema.properties).map(([name, property]) => [name, readerOf(property)] as const))
  return (query) => {
    const values: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(query)) {
      const read = readers.get(name)
      Object.defineProperty(values, name, { value: read && typeof value === 'string' ? read(value) : value, enumerable: true, writable: true })
    }
    return values
  }
}

function readerOf(schema: TSchema): (text: string) => unknown {
  const type: unknown = 'type' in schema ? schema.type : undefined
  if (type === 'integer' || type === 'number') return (text) => (number.test(text) ? Number(text) : text)
  if (type === 'boolean') return (text) => (text === 'true' ? true : text === 'false' ? false : text)
  return (text) => text
}
