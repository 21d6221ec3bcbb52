import { toId, type Clock, type Refusal, type Result, type UseCases } from '@beckon/core'
import { type CompiledSchema, compileSchema, fieldsOf, inBody, PushDevice, PushDeviceChanges, textOf } from '@beckon/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createGuessLimits } from '../../shared/limits/guess-limits.ts'

export interface PushDeviceDeps {
  readonly useCases: Pick<UseCases, 'registerPushDevice' | 'updatePushDevice' | 'removePushDevice'>
  readonly clock: Clock
}

type Act = 'registration' | 'update' | 'delete'

/** Native clients act on these words (guest-protocol 2.9). */
interface PushFault {
  readonly status: number
  readonly code: string
  readonly message: string
}

type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Where native apps say how they can be woken; whoever has the session's token may. */
export function pushDeviceHandlers({ useCases, clock }: PushDeviceDeps): { readonly [A in Act]: Serve } {
  const [whole, changes] = [compileSchema(PushDevice, inBody), compileSchema(PushDeviceChanges, inBody)]
  const limits = createGuessLimits(clock)
  const serve = (act: Act, schema: CompiledSchema | undefined, run: (given: Given) => Promise<Result<null>>): Serve => async (request, reply) => {
    const { deploymentId, tokenId } = paramsOf(request)
    if (schema && !schema.fits(request.body)) return refuse(reply, missing(act, schema, request.body))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has just said so
    const given = { deploymentId: toId<'deployment'>(deploymentId), token: tokenId, device: request.body as PushDevice }
    let refused: Result<never> | undefined
    const attempt = await limits.attempt(request.ip, deploymentId, async () => {
      const result = await run(given)
      if (!result.ok) refused = result
      return result.ok || !isGuess(result.refusal) ? result : undefined
    })
    if ('waitSeconds' in attempt) return refuse(reply.header('retry-after', String(attempt.waitSeconds)), tooMany)
    return refused && !refused.ok ? refuse(reply, faultOf(refused.refusal, act)) : reply.code(204).send()
  }
  return {
    registration: serve('registration', whole, (given) => useCases.registerPushDevice({ ...given, device: pick(given.device) })),
    update: serve('update', changes, ({ device: { deviceToken, language }, ...given }) => useCases.updatePushDevice({ ...given, device: { ...(deviceToken === undefined ? {} : { deviceToken }), ...(language === undefined ? {} : { language }) } })),
    delete: serve('delete', undefined, ({ deploymentId, token }) => useCases.removePushDevice({ deploymentId, token })),
  }
}

interface Given {
  readonly deploymentId: Parameters<UseCases['registerPushDevice']>[0]['deploymentId']
  readonly token: string
  readonly device: PushDevice
}

function pick({ deviceToken, notificationProvider, deviceType, language }: PushDevice): PushDevice {
  return { deviceToken, notificationProvider, deviceType, language }
}

/** Whoever names a token that is nobody's may be trying them out. */
function isGuess(refusal: Refusal): boolean {
  return refusal.code === 'not_found' && refusal.noun === 'session'
}

function missing(act: Act, schema: CompiledSchema, body: unknown): PushFault {
  const [first] = schema.faults(body)
  return { status: 400, code: act === 'update' ? 'update.fields.missing' : 'required.fields.missing', message: first ? `${first.pointer} ${first.detail}` : 'The body does not fit.' }
}

const tooMany: PushFault = { status: 429, code: 'too.many.requests.retry.after', message: 'Too many attempts with tokens that are nobody’s.' }

function faultOf(refusal: Refusal, act: Act): PushFault {
  if (refusal.code === 'already_exists') return { status: 409, code: 'device.already.registered', message: 'A device is registered for this token: change it by PATCH.' }
  if (refusal.code !== 'not_found') return { status: 400, code: `device.${act}.failure`, message: 'The request cannot be done.' }
  if (refusal.noun === 'deployment') return { status: 404, code: 'deployment.not.found', message: 'There is no such deployment.' }
  if (refusal.noun === 'push device') return { status: 404, code: 'device.not.found', message: 'No device is registered for this token.' }
  return { status: 400, code: 'invalid.path.parameter', message: 'Deployment Id in the request does not match the expected deployment Id for the given TokenId' }
}

function refuse(reply: FastifyReply, { status, code, message }: PushFault): FastifyReply {
  return reply.code(status).send({ message, code, status, contextId: reply.request.id, details: [] })
}

function paramsOf({ params }: FastifyRequest): { readonly deploymentId: string; readonly tokenId: string } {
  const { deploymentId, tokenId } = fieldsOf(params)
  return { deploymentId: textOf(deploymentId) ?? '', tokenId: textOf(tokenId) ?? '' }
}
