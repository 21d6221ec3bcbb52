/** More or fewer bytes came than were promised. */
export class WrongSize extends Error {
  override readonly name = 'WrongSize'
}

/** Enough for every signature there is, the names inside an archive included. */
const headLength = 65_536

export interface LookedAt {
  readonly head: Uint8Array
  /** From the beginning all the same. */
  readonly all: AsyncIterable<Uint8Array>
  /** Lets go of the sender, if nobody wants the rest. */
  end(): Promise<void>
}

/** Reads until there is enough to look at. */
export async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<LookedAt> {
  const iterator = bytes[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let length = 0
  while (length < headLength) {
    const next = await iterator.next()
    if (next.done) break
    pieces.push(next.value)
    length += next.value.byteLength
  }
  return {
    head: joined(pieces, Math.min(length, headLength)),
    all: resumed(pieces, iterator),
    end: async () => void (await iterator.return?.()),
  }
}

/** The same bytes; throws `WrongSize` as soon as there is one too many, or at the end when some are missing. */
export async function* exactly(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const piece of bytes) {
    seen += piece.byteLength
    if (seen > size) throw new WrongSize(`more than the ${size} bytes that were promised`)
    yield piece
  }
  if (seen < size) throw new WrongSize(`${seen} bytes came of the ${size} that were promised`)
}

async function* resumed(pieces: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    const part = piece.subarray(0, length - at)
    all.set(part, at)
    at += part.byteLength
  }
  return all
}
