/** What a look through the database found. */
export interface StoreCheck {
  readonly isSound: boolean
  /** Its schema version. */
  readonly version: number
  /** What is wrong, in words. Empty when nothing is. */
  readonly faults: readonly string[]
  /** What to do about faults. */
  readonly remedy: string
}
