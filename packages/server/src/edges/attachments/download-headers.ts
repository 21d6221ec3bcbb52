import type { Attachment } from '@beckon/core'

/** What a browser may show by itself. Everything else is bytes: nothing of a stranger's becomes a page of ours. */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf|text\/plain|text\/csv)$/

export function downloadHeaders({ fileName, mediaType, size = 0 }: Attachment, goodForSeconds: number): Readonly<Record<string, string>> {
  return {
    'content-type': shown.test(mediaType) ? mediaType : 'application/octet-stream',
    'content-length': String(size),
    'content-disposition': disposition(fileName),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': `private, max-age=${String(Math.max(0, goodForSeconds))}`,
  }
}

/** RFC 6266: a plain name for old programs, and the name itself in RFC 8187's spelling. */
function disposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const spelled = encodeURIComponent(fileName).replaceAll(/['()*]/g, (sign) => `%${sign.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${spelled}`
}
