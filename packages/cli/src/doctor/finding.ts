/** What one look at the installation found. */
export interface Finding {
  readonly name: string
  readonly state: 'good' | 'warning' | 'bad' | 'skipped'
  readonly told: string
  /** What to do about it; absent when there is nothing to do. */
  readonly remedy?: string
}
