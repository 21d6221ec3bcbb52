/** Resolves when every promise that can settle by itself has settled: what is left waits for virtual time. */
export function settled(): Promise<void> {
  // An immediate comes after all microtasks, and waits for no time.
  return new Promise((resolve) => setImmediate(resolve))
}
