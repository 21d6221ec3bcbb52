import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type'
import type { MediaProbe } from '@beckon/core'

/** The one place that knows the library of signatures. */
export function createMediaProbe(): MediaProbe {
  return {
    async look(head, declared) {
      const mediaType = await signatureOf(head)
      return { ...(mediaType === undefined ? {} : { mediaType }), isText: isText(head), isDeclaredKnown: supportedMimeTypes.has(declared) }
    },
  }
}

/** The head may end in the middle of an archive, and bytes may have been made to confuse. */
async function signatureOf(head: Uint8Array): Promise<string | undefined> {
  // A letter may begin with MZ too, but not one with zeros in it.
  if (begins(head, 'MZ') && head.includes(0)) return 'application/x-msdownload'
  if (begins(head, '#!')) return 'application/x-executable'
  try {
    return (await fileTypeFromBuffer(head))?.mime
  } catch {
    return undefined
  }
}

function begins(head: Uint8Array, letters: string): boolean {
  return Buffer.from(letters).every((byte, at) => head[at] === byte)
}

const longestSymbol = 4

/** UTF-8, or UTF-16 that says so. The head may cut the last symbol in two. */
function isText(head: Uint8Array): boolean {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  if (head.includes(0)) return false
  return Array.from({ length: longestSymbol }, (_, cut) => head.subarray(0, head.length - cut)).some((part) => isUtf8(part)) || isWestern(head)
}

/** Text files of older programs are in one of the Windows code pages: any byte but the control characters. */
function isWestern(head: Uint8Array): boolean {
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
}
