/** Does the `Accept` header leave room for this media type? The most specific range decides (RFC 9110, section 12.5.1). */
export function accepts(header: string | undefined, mediaType: string): boolean {
  if (header === undefined || header === '' || header === '*/*' || header === mediaType) return true
  const weights = new Map(header.toLowerCase().split(',').map(readRange))
  const anyOfKind = `${mediaType.slice(0, mediaType.indexOf('/'))}/*`
  return (weights.get(mediaType) ?? weights.get(anyOfKind) ?? weights.get('*/*') ?? 0) > 0
}

function readRange(part: string): readonly [string, number] {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return [range, weight === undefined ? 1 : Number(weight.slice(2))]
}
