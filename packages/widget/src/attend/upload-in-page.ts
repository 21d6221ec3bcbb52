import type { UploadFile } from '@beckon/client'

/** XMLHttpRequest alone tells how far an upload has come. */
export const uploadInPage: UploadFile = ({ url, headers, body, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (): void => reject(new Error('the upload broke off'))
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total))
    request.addEventListener('load', () => resolve(request.status))
    for (const end of ['error', 'abort']) request.addEventListener(end, fail)
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
