/**
 * The tag of a representation: its own version first, which `If-Match` goes by, then the versions of whatever else
 * it shows, so that `If-None-Match` never answers 304 for a page that would look different.
 */
export function entityTag(version: number, ...shown: readonly number[]): string {
  return `"${[version, ...shown].join('.')}"`
}

export type IfMatch = { readonly ifVersion?: number } | 'absent' | 'malformed'

const tag = /^(?:W\/)?"(?:(\d{1,15})(?:\.[^"]*)?|[^"]*)"$/
const noVersion = -1

/**
 * The version that `If-Match` names; none for `*`. A weakened tag counts as well: a proxy weakens it when it
 * compresses the answer, and a version is exact whatever was done to the bytes.
 */
export function parseIfMatch(header: string | undefined): IfMatch {
  if (header === undefined) return 'absent'
  const text = header.trim()
  if (text === '*') return {}
  const match = tag.exec(text)
  if (!match) return 'malformed'
  return { ifVersion: match[1] === undefined ? noVersion : Number(match[1]) }
}

/** Does the reader have this representation already (RFC 9110, section 13.1.2: weak comparison)? */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag)
}
