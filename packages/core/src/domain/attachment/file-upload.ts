import type { AnnouncedFile } from './attachment.ts'
import type { AttachmentFault } from './fault.ts'

/** Some types of file and how large one of them may be. */
export interface UploadMode {
  /** MIME types; `image/*` for a family, and the pattern of two asterisks for all. */
  readonly fileTypes: readonly string[]
  /** In units of 1024 bytes. */
  readonly maxFileSizeKB: number
}

/** What a deployment takes: the modes say what from guests, the extensions say what from nobody. */
export interface FileUpload {
  readonly enabled: boolean
  readonly modes: readonly UploadMode[]
  /** In lower case, with their dot. */
  readonly blockedExtensions: readonly string[]
}

/** What runs when it is opened, or hides what does: the ones mail systems block too. */
const programs = [
  '.ade', '.adp', '.apk', '.app', '.appx', '.bat', '.cab', '.chm', '.cmd', '.com', '.cpl', '.dll', '.dmg', '.exe', '.hta', '.htm', '.html', '.img', '.ins',
  '.iso', '.isp', '.jar', '.js', '.jse', '.lib', '.lnk', '.mde', '.mht', '.mhtml', '.msc', '.msi', '.msix', '.msp', '.mst', '.nsh', '.pif', '.ps1', '.scr',
  '.sct', '.sh', '.shb', '.svg', '.sys', '.vb', '.vbe', '.vbs', '.vhd', '.vxd', '.wsc', '.wsf', '.wsh', '.xhtml',
]

/** 10240 KB is the size that guest clients were built against (guest-protocol 1.6). */
export const defaultFileUpload: FileUpload = {
  enabled: true,
  modes: [
    {
      fileTypes: [
        'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain', 'text/csv',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ],
      maxFileSizeKB: 10_240,
    },
  ],
  blockedExtensions: programs,
}

const longestName = 1023

/** A folder, a drive, a wildcard, a control character, or one that turns the direction of reading around. */
const deceives = /[/\\:*?"<>|\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|^[.\s]|[.\s]$/u

/** What the size limit is for this type, in bytes; undefined for a type that is not taken from this side. */
export function largestSize(rules: FileUpload, by: 'guest' | 'business', mediaType: string): number | undefined {
  // What the business sends is its own choice: for it the modes say only how large.
  const modes = by === 'business' ? rules.modes : rules.modes.filter(({ fileTypes }) => fileTypes.some((pattern) => covers(pattern, mediaType)))
  const sizes = modes.map(({ maxFileSizeKB }) => maxFileSizeKB * 1024)
  return sizes.length === 0 ? undefined : Math.max(...sizes)
}

/** What is wrong with a file as far as it can be said before it is here. */
export function announcementFault(rules: FileUpload, by: 'guest' | 'business', file: AnnouncedFile): AttachmentFault | undefined {
  if (by === 'guest' && !rules.enabled) return 'disabled'
  const named = nameFault(file.fileName)
  if (named) return named
  if (rules.blockedExtensions.includes(extensionOf(file.fileName))) return 'type'
  const most = largestSize(rules, by, file.mediaType)
  if (most === undefined) return 'type'
  return file.size === undefined ? undefined : sizeFault(file.size, most)
}

export function sizeFault(size: number, most: number): AttachmentFault | undefined {
  if (size === 0) return 'empty'
  return size > most ? 'size' : undefined
}

/** `Image/PNG; charset=x` is `image/png`; what is no type at all is any bytes. */
export function normalMediaType(text: string): string {
  const type = text.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? (spellings[type] ?? type) : 'application/octet-stream'
}

/** Names that browsers and phones give to types which have another. */
const spellings: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
}

function nameFault(name: string): AttachmentFault | undefined {
  if (name.length > longestName) return 'name_too_long'
  return deceives.test(name) || extensionOf(name).length < 2 ? 'name' : undefined
}

/** In lower case, with its dot; empty when the name has none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot).toLowerCase()
}

function covers(pattern: string, mediaType: string): boolean {
  if (pattern === '*/*' || pattern === mediaType) return true
  return pattern.endsWith('/*') && mediaType.startsWith(pattern.slice(0, -1))
}
