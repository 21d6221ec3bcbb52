/** Guests write what they like: control characters must not steer the terminal of whoever reads it. */
export function plainText(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}

/** The same on one line, cut to a length. */
export function oneLine(text: string, longest: number): string {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
