/** What the measured programs and our own child processes say is taken at its word: checking it would cost the time we measure. */
export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T // oxlint-disable-line typescript/no-unsafe-type-assertion -- it comes from the programs that are measured, and checking it would cost the time that is
}
