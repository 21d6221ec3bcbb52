import type { Paint } from './paint.ts'

/** Where the command's words go. Results to `out`, so that they can be piped; everything said about them to `note`. */
export interface Terminal {
  readonly out: (line: string) => void
  readonly note: (line: string) => void
  /** Colours for `out` and `note`; they leave text as it is where nobody would see them. */
  readonly paint: Paint
  readonly columns: number
}
