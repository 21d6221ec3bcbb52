/** Does something for each number below `count`, at most `atOnce` at a time. */
export async function inTurn(count: number, atOnce: number, step: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      await step(index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
