import { instant, minutes, plus, type Attachment, type AttachmentId, type Clock, type Instant, type Secrets } from '@beckon/core'

export interface AttachmentLinks {
  /** Where a file's bytes are put. The secret in it is good once. */
  upload(id: AttachmentId, secret: string): string
  /** Where a file is downloaded without any credential, for a while. */
  download(id: AttachmentId): { readonly url: string; readonly expiresAt: Instant }
  /** Until when a download address is good; undefined when this installation has not made it, or its time is over. */
  goodUntil(id: string, query: { readonly until: string; readonly signature: string }): Instant | undefined
  /** What an upload carries besides its Content-Type; native clients know an upload address by there being some (guest-protocol 2.7). */
  uploadHeaders(id: AttachmentId): Readonly<Record<string, string>>
}

/** As long as guest clients expect (guest-protocol 2.7). */
const downloadLifetime = minutes(10)

/** Where the files of attachments are served, by every edge that names such a place. */
export const attachmentPath = '/attachments'

export function createAttachmentLinks({ secrets, clock, publicUrl }: { readonly secrets: Secrets; readonly clock: Clock; readonly publicUrl: () => string }): AttachmentLinks {
  const place = (id: string): string => `${publicUrl()}${attachmentPath}/${encodeURIComponent(id)}`
  return {
    upload: (id, secret) => `${place(id)}?upload=${secret}`,
    download(id) {
      const expiresAt = plus(clock.now(), downloadLifetime)
      return { url: `${place(id)}?until=${String(expiresAt)}&signature=${secrets.sign(signedText(id, expiresAt))}`, expiresAt }
    },
    goodUntil(id, { until, signature }) {
      if (!/^\d{1,15}$/.test(until)) return undefined
      const expiresAt = instant(Number(until))
      const isOurs = secrets.hasSigned(signedText(id, expiresAt), signature)
      return isOurs && expiresAt > clock.now() ? expiresAt : undefined
    },
    uploadHeaders: (id) => ({ 'x-amz-tagging': `attachment=${id}` }),
  }
}

/** No id holds a space, so no two texts are the same. */
function signedText(id: string, until: Attachment['expiresAt']): string {
  return `download ${id} ${String(until)}`
}
