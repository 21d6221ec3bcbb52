import { AwsV4Signer } from 'aws4fetch'
import { FilesUnavailable, invariant, type AttachmentFiles, type Clock } from '@beckon/core'

export interface S3Place {
  /** Where the bucket's objects are, without a slash at the end: `https://s3.eu-central-1.amazonaws.com/bucket/prefix`. */
  readonly url: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  readonly clock: Clock
}

/**
 * Objects of a bucket, over the part of S3's interface that every store of that kind has. A body's length is told before
 * its first byte, so an upload that breaks off never becomes an object; its hash is not, as that would take reading it twice.
 */
export function createS3Attachments(place: S3Place): AttachmentFiles {
  return {
    async put(key, bytes, { size, mediaType }) {
      const broken: { error?: unknown } = {}
      const response = await call(place, {
        method: 'PUT',
        key,
        headers: { 'content-length': String(size), 'content-type': mediaType },
        body: ReadableStream.from(noting(bytes, broken)),
      }).catch((error: unknown) => {
        throw 'error' in broken ? broken.error : error
      })
      await response.body?.cancel()
      mustBe(response, [200], 'PUT')
    },
    async open(key) {
      const response = await call(place, { method: 'GET', key })
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      mustBe(response, [200], 'GET')
      return response.body ?? nothing()
    },
    async stat(key) {
      const response = await call(place, { method: 'HEAD', key })
      if (response.status === 404) return undefined
      mustBe(response, [200], 'HEAD')
      return { size: Number(response.headers.get('content-length')) }
    },
    async delete(key) {
      const response = await call(place, { method: 'DELETE', key })
      await response.body?.cancel()
      mustBe(response, [200, 204, 404], 'DELETE')
    },
  }
}

interface Call {
  readonly method: 'PUT' | 'GET' | 'HEAD' | 'DELETE'
  readonly key: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: ReadableStream<Uint8Array>
}

async function call({ url, region, keyId, secret, clock }: S3Place, { method, key, headers = {}, body }: Call): Promise<Response> {
  invariant(/^[0-9a-zA-Z-]{4,64}$/.test(key), 'a file key is one that this server made')
  const datetime = new Date(clock.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '')
  const signed = await new AwsV4Signer({ method, url: `${url}/${key}`, headers, service: 's3', region, accessKeyId: keyId, secretAccessKey: secret, datetime }).sign()
  try {
    return await fetch(signed.url, { method, headers: signed.headers, redirect: 'error', ...(body ? { body, duplex: 'half' } : {}) })
  } catch (error) {
    throw new FilesUnavailable(`the store of attachments at ${new URL(url).host} did not answer`, { cause: error })
  }
}

function mustBe({ status }: Response, expected: readonly number[], method: string): void {
  if (!expected.includes(status)) throw new FilesUnavailable(`the store of attachments answered ${method} with ${status}`)
}

/** The HTTP client tells of its own failure when a body breaks; the caller is to hear of the body's. */
async function* noting(bytes: AsyncIterable<Uint8Array>, broken: { error?: unknown }): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    broken.error = error
    throw error
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
