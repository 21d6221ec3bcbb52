/** Where bytes go and what goes with them. */
export interface UploadRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob
  /** Called with a share from 0 to 1, where the platform tells. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Puts the bytes and resolves with the HTTP status; rejects when there was no answer. */
export type UploadFile = (request: UploadRequest) => Promise<number>

/** By fetch, which every platform has and which does not tell how far it has come. */
export const uploadByFetch: UploadFile = async ({ url, headers, body, onProgress, signal }) => {
  const { status } = await fetch(url, { method: 'PUT', headers, body, signal })
  onProgress(1)
  return status
}
