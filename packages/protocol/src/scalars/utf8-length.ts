/** Bytes this text takes in UTF-8; a lone surrogate counts as the replacement character that an encoder would write. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const symbol of text) {
    const code = symbol.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
