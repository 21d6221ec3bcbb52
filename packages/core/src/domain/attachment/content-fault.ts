import type { AttachmentFault } from './fault.ts'

/** What the first bytes of a file show. */
export interface SeenContent {
  /** The type whose signature they carry; none for text, and for what nobody knows. */
  readonly mediaType?: string
  readonly isText: boolean
  /** Whether a file of the declared type would have shown a signature. */
  readonly isDeclaredKnown: boolean
}

/** Formats that are one container with different names inside or on it. */
const families: readonly (readonly RegExp[])[] = [
  [/^application\/(zip|epub\+zip|java-archive|vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-(excel|word|powerpoint)).*)$/],
  [/^application\/(x-cfb|msword|vnd\.ms-.*|vnd\.visio)$/],
  [/^(video|audio)\/(mp4|quicktime|x-m4a|x-m4v|3gpp2?|m4a)$/],
  [/^(video|audio)\/(webm|matroska|x-matroska)$/],
  [/^(video|audio|application)\/(ogg|opus|x-ogg)(;.*)?$/],
  [/^audio\/(mpeg|aac|x-aac|mp4a-latm)$/],
  [/^audio\/(wav|wave|vnd\.wave|x-wav)$/],
  [/^image\/(heic|heif|avif)(-sequence)?$/],
  [/^(application\/rtf|text\/rtf)$/],
  [/^application\/(gzip|x-gzip)$/],
]

const programs = /^application\/(x-msdownload|x-elf|x-mach-binary|x-executable|x-dosexec|vnd\.microsoft\.portable-executable|x-ms-shortcut|java-vm|wasm|x-apple-diskimage|x-msi|vnd\.android\.package-archive|vnd\.ms-cab-compressed)$/

/**
 * Whether the bytes are what they are said to be. Text may begin like anything, a letter with BM like a bitmap, so for text
 * only its being text counts. A type that has no signature is taken at its word.
 */
export function contentFault(declared: string, { mediaType, isText, isDeclaredKnown }: SeenContent): AttachmentFault | undefined {
  if (mediaType !== undefined && programs.test(mediaType)) return 'content'
  if (isTextual(declared)) return isText ? undefined : 'content'
  if (mediaType !== undefined) return agrees(declared, mediaType) ? undefined : 'content'
  return isDeclaredKnown ? 'content' : undefined
}

function agrees(declared: string, found: string): boolean {
  if (declared === found || declared === 'application/octet-stream') return true
  return families.some((family) => family.some((pattern) => pattern.test(declared) && pattern.test(found)))
}

function isTextual(mediaType: string): boolean {
  return /^text\/|^application\/(json|xml|javascript)$|\+(json|xml)$/.test(mediaType)
}
