import type { MediaProbe } from '../ports/media-probe.ts'

const signatures: readonly (readonly [mediaType: string, begins: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
  ['application/x-msdownload', [0x4d, 0x5a]],
]

/** Knows a handful of kinds by their first bytes. */
export function createSignatureProbe(): MediaProbe {
  return {
    async look(head, declared) {
      const found = signatures.find(([, begins]) => begins.every((byte, at) => head[at] === byte))
      return {
        ...(found ? { mediaType: found[0] } : {}),
        isText: !head.includes(0),
        isDeclaredKnown: signatures.some(([mediaType]) => mediaType === declared),
      }
    },
  }
}
