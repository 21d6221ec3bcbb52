// In this mode a surrogate matches only where its other half is missing.
const broken = /[\u0000\ud800-\udfff]/u

/** Whether a text is whole characters without U+0000: what is not, databases refuse and encoders change silently. */
export function isWellFormed(text: string): boolean {
  return !broken.test(text)
}
