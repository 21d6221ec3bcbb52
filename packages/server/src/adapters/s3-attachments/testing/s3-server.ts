import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server extends AsyncDisposable {
  readonly url: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  /** Paths of all objects. */
  readonly objects: ReadonlyMap<string, { readonly body: Buffer; readonly mediaType: string | undefined }>
  /** From now on every call is answered with this status. */
  fail(status: number): void
}

const keyId = 'test-key'
const secret = 'test-secret'
const region = 'eu-test-1'

/** As much of S3 as objects need, strict where the real one is: signatures, known lengths, whole bodies or nothing. */
export async function openS3Server(): Promise<S3Server> {
  const objects = new Map<string, { readonly body: Buffer; readonly mediaType: string | undefined }>()
  const state = { failure: 0 }
  const server = createServer((request, response) => {
    void serve({ objects, failure: state.failure, request, response }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`, region, keyId, secret, objects,
    fail(status) {
      state.failure = status
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Visit {
  readonly objects: Map<string, { readonly body: Buffer; readonly mediaType: string | undefined }>
  readonly failure: number
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function serve({ objects, failure, request, response }: Visit): Promise<void> {
  const path = request.url ?? '/'
  if (failure !== 0) return answer(response, failure)
  if (!isSigned(request)) return answer(response, 403)
  if (request.method === 'PUT') return put(objects, request, response)
  const known = objects.get(path)
  if (request.method === 'DELETE') {
    objects.delete(path)
    return answer(response, 204)
  }
  if (!known) return answer(response, 404)
  response.writeHead(200, { 'content-length': known.body.length, 'content-type': known.mediaType ?? 'binary/octet-stream' })
  response.end(request.method === 'HEAD' ? undefined : known.body)
}

async function put(objects: Visit['objects'], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const length = request.headers['content-length']
  if (length === undefined) return answer(response, 411)
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array))
  const body = Buffer.concat(pieces)
  if (body.length !== Number(length)) return answer(response, 400)
  objects.set(request.url ?? '/', { body, mediaType: request.headers['content-type'] })
  answer(response, 200)
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

/** Signature Version 4, as its documentation spells it out. */
function isSigned(request: IncomingMessage): boolean {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')
  if (!match) return false
  const [, id, date = '', place, names = '', signature] = match
  const time = String(request.headers['x-amz-date'])
  if (id !== keyId || place !== region || !time.startsWith(date)) return false
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}\n`)
  const canonical = [request.method, request.url, '', headers.join(''), names, request.headers['x-amz-content-sha256']].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>((from, part) => createHmac('sha256', from).update(part).digest(), `AWS4${secret}`)
  return createHmac('sha256', key).update(text).digest('hex') === signature
}
