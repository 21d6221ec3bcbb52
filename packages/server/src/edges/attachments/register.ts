import { Socket } from 'node:net'
import { toId, type Clock, type Refusal, type Secrets, type UseCases } from '@beckon/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { attachmentPath, createAttachmentLinks, type AttachmentLinks } from '../shared/attachment-links.ts'
import type { ProblemDraft } from '../shared/http-refused.ts'
import { problemOf } from '../shared/problem/refusal-problem.ts'
import { createSendProblem, type SendProblem } from '../shared/problem/send-problem.ts'
import { downloadHeaders } from './download-headers.ts'
import { asReadable, bytesOf } from './flow.ts'

export interface AttachmentEdgeDeps {
  readonly useCases: Pick<UseCases, 'uploadAttachment' | 'openAttachment'>
  readonly secrets: Secrets
  readonly clock: Clock
  readonly publicUrl: string
  /** A download of which nothing is taken for so long ends. */
  readonly downloadStallsAfterMs?: number
}

interface Served extends AttachmentEdgeDeps {
  readonly links: AttachmentLinks
  readonly sendProblem: SendProblem
  /** Attachments whose bytes are coming in. */
  readonly underWay: Set<string>
}

/** Any page may put and show files: the address is the credential, and no cookie is looked at. */
const crossOrigin = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

/** Phones lose their network for a while; whoever takes nothing for longer would hold a file open for ever. */
const downloadStallsAfter = 60_000

/** Takes and gives the bytes of attachments, at addresses that the other edges hand out. */
export function registerAttachments(app: FastifyInstance, deps: AttachmentEdgeDeps): void {
  const links = createAttachmentLinks({ ...deps, publicUrl: () => deps.publicUrl })
  const served: Served = { ...deps, links, sendProblem: createSendProblem(deps.publicUrl), underWay: new Set() }
  const url = `${attachmentPath}/:attachmentId`
  void app.register(async (scope) => {
    // Whatever its type, a body is bytes here, and nobody gathers them.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.put(url, (request, reply) => takeUpload(served, request, reply))
  })
  app.options(url, (_request, reply) =>
    reply.code(204).headers({ ...crossOrigin, 'access-control-allow-methods': 'GET, PUT', 'access-control-allow-headers': 'content-type, x-amz-tagging', 'access-control-max-age': '86400' }).send(),
  )
  app.get(url, { exposeHeadRoute: false }, (request, reply) => giveDownload(served, request, reply))
}

async function takeUpload(served: Served, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { useCases, underWay } = served
  const id = field(request.params, 'attachmentId')
  // The answer says whether the bytes are welcome; a page elsewhere must be able to read it.
  void reply.headers(crossOrigin)
  if (underWay.has(id)) return refuseUpload(served, reply, { code: 'attachment_refused', fault: 'used', attachmentId: id })
  underWay.add(id)
  try {
    const size = lengthOf(request)
    const uploaded = await useCases.uploadAttachment({
      attachmentId: toId(id),
      secret: field(request.query, 'upload'),
      ...(size === undefined ? {} : { size }),
      bytes: bytesOf(request.raw),
    })
    return uploaded.ok ? await reply.code(204).send() : refuseUpload(served, reply, uploaded.refusal)
  } finally {
    underWay.delete(id)
  }
}

/** What is refused for its kind may still come in, as it is no larger than allowed; of anything else the connection ends with the answer. */
function refuseUpload({ sendProblem }: Served, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const draft = problemOf(refusal, { method: 'PUT', path: attachmentPath, body: undefined, scope: undefined })
  const isBounded = refusal.code === 'attachment_refused' && refusal.fault === 'content'
  return sendProblem(reply, { ...draft, headers: { ...(isBounded ? {} : { connection: 'close' }), ...draft.headers } })
}

async function giveDownload(served: Served, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { links, clock, useCases, sendProblem, downloadStallsAfterMs = downloadStallsAfter } = served
  const id = field(request.params, 'attachmentId')
  const goodUntil = links.goodUntil(id, { until: field(request.query, 'until'), signature: field(request.query, 'signature') })
  void reply.headers(crossOrigin)
  if (goodUntil === undefined) return sendProblem(reply, nothingHere)
  const opened = await useCases.openAttachment(toId(id))
  if (!opened.ok) return sendProblem(reply, nothingHere)
  const { attachment, bytes } = opened.value
  // The connection's own count of idle time, which ends with this answer; without a network there is none.
  if (request.raw.socket instanceof Socket) reply.raw.setTimeout(downloadStallsAfterMs)
  return reply.headers(downloadHeaders(attachment, Math.floor((goodUntil - clock.now()) / 1000))).send(asReadable(bytes))
}

/** One answer for a forged, an old and a vacant address (guest-protocol 2.7). */
const nothingHere: ProblemDraft = { code: 'not_found', detail: 'There is no file at this address, or its time is over: ask for a fresh one.' }

function lengthOf({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length']
  return length === undefined || headers['transfer-encoding'] !== undefined ? undefined : Number(length)
}

function field(from: unknown, name: string): string {
  const value: unknown = typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined
  return typeof value === 'string' ? value : ''
}
