import type { Attachment, AttachmentUpload } from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { JsonCaller } from './json-caller.ts'
import type { CallOptions } from './transport.ts'

/** A file that is about to be uploaded. */
export interface FileAnnouncement {
  /** With its extension. */
  readonly fileName: string
  /** MIME type; must agree with the bytes. */
  readonly fileType: string
  /** In bytes. */
  readonly fileSize?: number
}

/** A file with its bytes. In Node: `new Blob([await readFile('label.pdf')])`, or `await openAsBlob('label.pdf')`. */
export interface FileToUpload {
  readonly fileName: string
  readonly fileType: string
  readonly body: Blob
}

/** Files for messages: announced, uploaded, then named in one send. */
export interface AttachmentCalls {
  /** Announces a file and answers with the address to put it to. Scope `messaging:conversation:write`. */
  readonly createAttachment: (
    conversationId: string,
    file: FileAnnouncement,
    options?: CallOptions,
  ) => Promise<{ readonly attachment: Attachment; readonly upload: AttachmentUpload }>
  /**
   * Announces a file and uploads it. Name it in a send to the same contact within the hour.
   * @example
   * const { id } = await beckon.uploadAttachment(conversationId, { fileName: 'label.pdf', fileType: 'application/pdf', body })
   * await beckon.sendToConversation(conversationId, { content: [{ contentType: 'Attachment', attachment: { id } }] })
   */
  readonly uploadAttachment: (conversationId: string, file: FileToUpload, options?: CallOptions) => Promise<Attachment>
  /** A file with its state and a fresh download address. Scope `conversations:read`. */
  readonly getAttachment: (conversationId: string, attachmentId: string, options?: CallOptions) => Promise<Attachment>
  /** The bytes of a file. Scope `conversations:read`. */
  readonly getAttachmentContent: (conversationId: string, attachmentId: string, options?: CallOptions) => Promise<Blob>
  /** Takes back a file that no message carries yet. */
  readonly deleteAttachment: (conversationId: string, attachmentId: string, options?: CallOptions) => Promise<void>
}

const base = '/api/v2/conversations/messaging'

/** A large file on a slow line takes its time. */
const uploadTimeoutMs = 300_000

export function createAttachmentCalls({ call, get, post, remove, bytes }: JsonCaller): AttachmentCalls {
  const at = (conversationId: string): string => `${base}${path`/${conversationId}`}/attachments`
  const one = (conversationId: string, id: string): string => at(conversationId) + path`/${id}`
  const createAttachment: AttachmentCalls['createAttachment'] = (conversationId, file, options) => post(at(conversationId), file, options)
  return {
    createAttachment,
    async uploadAttachment(conversationId, { fileName, fileType, body }, options = {}) {
      const { attachment, upload } = await createAttachment(conversationId, { fileName, fileType, fileSize: body.size }, options)
      const { pathname, search } = new URL(upload.url, 'http://beckon.invalid')
      const headers = { ...upload.headers, 'content-type': fileType }
      // The address is the credential; a token would only be one more thing to leak.
      await call({ method: 'PUT', path: pathname + search, bytes: body, headers, authorization: '', options: { timeoutMs: uploadTimeoutMs, ...options } })
      return { ...attachment, status: 'uploaded' }
    },
    getAttachment: (conversationId, id, options) => get(one(conversationId, id), options),
    getAttachmentContent: (conversationId, id, options) => bytes(`${one(conversationId, id)}/content`, options),
    deleteAttachment: (conversationId, id, options) => remove(one(conversationId, id), options),
  }
}
