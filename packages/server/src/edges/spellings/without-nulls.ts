/** No body of the field is deeper. */
const deepest = 4

/** Serializers of .NET and Java write what was not set as null: it counts as absent, as it does to whoever wrote the class. */
export function withoutNulls(body: unknown, depth = 0): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || depth === deepest) return body
  const set = Object.entries(body).filter(([, value]) => value !== null)
  return Object.fromEntries(set.map(([key, value]) => [key, withoutNulls(value, depth + 1)]))
}
