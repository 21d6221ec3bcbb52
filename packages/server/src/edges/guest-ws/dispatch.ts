import { StoreUnavailable } from '@beckon/core'
import { compileSchema, type GuestAction, guestCodes, type GuestRequestOf, guestRequests, isGuestAction } from '@beckon/protocol'
import { takeFrom } from './bucket.ts'
import type { Connection, ConnectionPhase } from './connection.ts'
import { deleteAttachment, getAttachment, onAttachment } from './requests/attachment-requests.ts'
import { configureSession } from './requests/configure-session.ts'
import { echo } from './requests/echo.ts'
import { acknowledge, closeSession, getConfiguration, getJwt, history } from './requests/log-requests.ts'
import { onMessage } from './requests/on-message.ts'
import { parseFrame } from './requests/parse-frame.ts'
import { refuseFrame } from './requests/refuse.ts'
import type { RequestDeps, RequestHandler } from './requests/request.ts'

const always: readonly ConnectionPhase[] = ['fresh', 'configured', 'detached']
const whenConfigured: readonly ConnectionPhase[] = ['configured']

/** Which request may be made in which phase of a socket, and who does it. A socket that was told to leave is not heard. */
const actions: { readonly [A in GuestAction]: { readonly phases: readonly ConnectionPhase[]; readonly handle: RequestHandler<A> } } = {
  configureSession: { phases: always, handle: configureSession },
  configureAuthenticatedSession: { phases: always, handle: configureSession },
  echo: { phases: always, handle: echo },
  getConfiguration: { phases: always, handle: getConfiguration },
  onMessage: { phases: whenConfigured, handle: onMessage },
  acknowledge: { phases: whenConfigured, handle: acknowledge },
  history: { phases: whenConfigured, handle: history },
  getJwt: { phases: whenConfigured, handle: getJwt },
  closeSession: { phases: whenConfigured, handle: closeSession },
  onAttachment: { phases: whenConfigured, handle: onAttachment },
  getAttachment: { phases: whenConfigured, handle: getAttachment },
  deleteAttachment: { phases: whenConfigured, handle: deleteAttachment },
}

const schemas = new Map(Object.entries(guestRequests).map(([action, schema]) => [action, compileSchema(schema, (path) => path)]))

/** More refusals in a row than any client makes that heeds the first. */
const patience = 100

/** Takes one frame of a guest to its handler, or says why not. Never throws, never closes for one bad frame (guest-protocol 6.9). */
export async function dispatch(deps: RequestDeps, connection: Connection, data: string, onError: (error: unknown) => void): Promise<void> {
  const { request, fault } = parseFrame(data)
  const tracingId = stringField(request, 'tracingId')
  const action = stringField(request, 'action')
  if (connection.phase === 'leaving') return
  const bucket = action === 'acknowledge' ? connection.acks : connection.requests
  const wait = takeFrom(bucket, deps.clock.now())
  if (bucket.refusedInARow > patience) return connection.socket.terminate()
  // Nobody waits for the answer to an ack, and the next one says all that this one did.
  if (wait > 0) return action === 'acknowledge' ? undefined : deps.sessions.slowDown(connection, wait, tracingId)
  if (!request || fault !== undefined) return refuseFrame(connection, guestCodes.badRequest, fault ?? '', tracingId)
  if (action === undefined || !isGuestAction(action)) return refuseAction(connection, action, tracingId)
  await run(deps, connection, { action, request, tracingId }, onError)
}

interface Asked<A extends GuestAction> {
  readonly action: A
  readonly request: object
  readonly tracingId: string | undefined
}

async function run<A extends GuestAction>(deps: RequestDeps, connection: Connection, { action, request, tracingId }: Asked<A>, onError: (error: unknown) => void): Promise<void> {
  const fault = faultOf(action, request)
  if (fault !== undefined) return refuseFrame(connection, fault.code, fault.text, tracingId)
  const { phases, handle } = actions[action]
  // Clients write right behind their configureSession; only what this socket was asked before is waited for.
  if (phases === whenConfigured && connection.configuring) await connection.configuring
  if (!phases.includes(connection.phase)) return refuseFrame(connection, deadCode(connection), 'No session is configured: send configureSession first.', tracingId)
  if (phases === whenConfigured && !hasToken(deps, connection, request)) {
    return refuseFrame(connection, guestCodes.sessionNotFound, 'The token is not the one this socket was configured with.', tracingId)
  }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the action's schema has spoken
    await handle(deps, connection, request as GuestRequestOf<A>)
  } catch (error) {
    const text = error instanceof StoreUnavailable ? 'The service is unavailable: try again in a moment.' : 'Something went wrong here: try again.'
    refuseFrame(connection, guestCodes.unexpected, text, tracingId)
    onError(error)
  }
}

/** A socket whose session has ended is told so; one that never had any is told to configure. */
function deadCode({ session }: Connection): 4006 | 4007 {
  return session?.ended ? guestCodes.sessionHasExpired : guestCodes.sessionNotFound
}

function hasToken({ secrets }: RequestDeps, connection: Connection, request: object): boolean {
  const token = stringField(request, 'token')
  return token !== undefined && connection.tokenHash !== undefined && secrets.matches(token, connection.tokenHash)
}

function refuseAction(connection: Connection, action: string | undefined, tracingId: string | undefined): void {
  const known = Object.keys(guestRequests).join(', ')
  refuseFrame(connection, guestCodes.badRequest, action === undefined ? `The frame has no action; known are ${known}.` : `Unknown action "${action.slice(0, 40)}"; known are ${known}.`, tracingId)
}

/** Where a request does not fit its schema; a missing part has a code of its own. */
function faultOf(action: GuestAction, request: object): { code: 400 | 4020; text: string } | undefined {
  const schema = schemas.get(action)
  if (!schema || schema.fits(request)) return undefined
  const [first] = schema.faults(request)
  const text = `${action}${first?.pointer ?? ''} ${first?.detail ?? 'does not fit'}`
  return { code: first?.detail.includes('missing') ? guestCodes.missingParameter : guestCodes.badRequest, text }
}

function stringField(request: object | undefined, name: string): string | undefined {
  const value: unknown = request && Object.hasOwn(request, name) ? Reflect.get(request, name) : undefined
  return typeof value === 'string' ? value.slice(0, 200) : undefined
}
