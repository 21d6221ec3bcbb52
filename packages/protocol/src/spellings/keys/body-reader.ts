import { dotnetCasing } from './both-casings.ts'

/** Reads what a body says under whichever of its spellings, and notices where two of them disagree. */
export interface BodyReader {
  /**
   * What the body says at this place of the canonical body (`policy/whenClosed`) or at any other place where the field writes
   * it, each in both casings; undefined where it says nothing. A `meaning` of undefined is nothing, too.
   */
  read(place: string, elsewhere?: readonly string[], meaning?: (value: unknown) => unknown): unknown
  /** Every name of the list under which the body says anything, as pointers. */
  pointersOf(names: readonly string[]): readonly string[]
  /** Refuses what was read at a place. */
  refuse(place: string, detail: string): void
  readonly faults: readonly Fault[]
  /** The places that the caller wrote in another way than the canonical one, as pointers. */
  readonly written: Readonly<Record<string, string>>
}

interface Fault {
  readonly pointer: string
  readonly detail: string
}

interface Met {
  readonly pointer: string
  readonly value: unknown
}

export function createBodyReader(body: unknown): BodyReader {
  const faults: Fault[] = []
  const written: Record<string, string> = {}
  return {
    faults,
    written,
    read(place, elsewhere = [], meaning = (value) => value) {
      const found = [place, ...elsewhere].flatMap((path) => findAll(body, path))
      const met = found.map(({ pointer, value }) => ({ pointer, value: meaning(value) })).filter(({ value }) => value !== undefined)
      const [first, ...others] = met
      if (first === undefined) return undefined
      if (others.some((other) => !isSame(first.value, other.value))) faults.push(...met.map((one) => disagreement(one, met)))
      note(pointerTo(place), first.pointer, written)
      return first.value
    },
    pointersOf: (names) => names.flatMap((name) => findAll(body, name)).map(({ pointer }) => pointer),
    refuse(place, detail) {
      const pointer = pointerTo(place)
      faults.push({ pointer: written[pointer] ?? pointer, detail })
    },
  }
}

function pointerTo(place: string): string {
  return `#/${place}`
}

/** Also where what holds it was written: what is said of a contact is said of the guest that it was called. */
function note(place: string, pointer: string, written: Record<string, string>): void {
  if (place === '#' || pointer === '#' || place === pointer) return
  written[place] ??= pointer
  note(parentOf(place), parentOf(pointer), written)
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'))
}

function findAll(body: unknown, path: string): readonly Met[] {
  let found: readonly Met[] = [{ pointer: '#', value: body }]
  for (const step of path.split('/')) found = found.flatMap((outer) => [step, dotnetCasing(step)].flatMap((name) => enter(outer, name)))
  return found
}

function enter({ pointer, value }: Met, name: string): readonly Met[] {
  if (typeof value !== 'object' || value === null) return []
  const property = Object.getOwnPropertyDescriptor(value, name)
  return property === undefined ? [] : [{ pointer: `${pointer}/${name}`, value: property.value }]
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function disagreement({ pointer }: Met, all: readonly Met[]): Fault {
  const others = all.filter((other) => other.pointer !== pointer).map((other) => other.pointer.slice(2).replaceAll('/', '.'))
  return { pointer, detail: `says something else than ${others.join(' and ')}, which means the same` }
}
