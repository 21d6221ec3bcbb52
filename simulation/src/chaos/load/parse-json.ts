/** What the server says is taken at its word here: whether it may say that is what the checker asks, and the tests of the wire. */
export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T // oxlint-disable-line typescript/no-unsafe-type-assertion -- the checker and the tests of the wire ask whether the server may say that
}
