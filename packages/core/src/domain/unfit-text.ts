/** No store and no screen can keep them, and encoders change them silently. */
export const unfitText = 'must not hold half a character or the character U+0000, which no store and no screen can keep'

/** Whether JSON may spell such a text: in UTF-8 only an escape can. Asked before its value is walked through, which costs more. */
export function mayHoldUnfitText(json: string): boolean {
  return escaped.test(json)
}

/** Whether such a text stands anywhere in a value. */
export function holdsUnfitText(value: unknown): boolean {
  return placesIn(value, '').next().done === false
}

/**
 * Where in a request such texts stand, as JSON Pointers, the first few of them. Every edge asks this of everything that it reads, so
 * that no field can forget it, once it knows that the value is not nested too deeply to be walked through. A name that holds one is
 * told by the place of the object that has it, as nothing could show the name.
 */
export function unfitPlaces(value: unknown): readonly string[] {
  const places: string[] = []
  for (const place of placesIn(value, '')) if (places.push(place) === mostPlaces) break
  return places
}

const mostPlaces = 20

const escaped = /\\u(?:0000|d[89a-f])/i
// In this mode a surrogate matches only where its other half is missing.
const unfit = /[\u0000\ud800-\udfff]/u

function* placesIn(value: unknown, place: string): Generator<string> {
  if (typeof value === 'string' && unfit.test(value)) yield place
  if (typeof value !== 'object' || value === null) return
  if (Object.keys(value).some((name) => unfit.test(name))) yield place
  for (const [name, item] of Object.entries(value)) {
    if (!unfit.test(name)) yield* placesIn(item, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}
