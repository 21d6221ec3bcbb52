import type { Configured, ConfiguredSignedIn, Result } from '@beckon/core'
import { answerFrame, guestCodes, type GuestRequestOf } from '@beckon/protocol'
import { seqBefore } from '../catch-up.ts'
import { send, type Connection } from '../connection.ts'
import { tellSignIn } from '../identity/tell-sign-in.ts'
import { renderSession } from '../render-session.ts'
import { otherDeployment, refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

type ConfigureRequest = GuestRequestOf<'configureSession'> | GuestRequestOf<'configureAuthenticatedSession'>

type Attached = Configured & Partial<Pick<ConfiguredSignedIn, 'signIn' | 'justSignedIn' | 'closedElsewhere'>> & { readonly tokenHash: string }

/**
 * Attaches the socket to its session, and brings it up to date (guest-protocol 2.2, 4.2); the same for a guest who has
 * signed in, as a first request or on top of an anonymous session (2.3, 4.9). One at a time on a socket.
 */
export async function configureSession(deps: RequestDeps, connection: Connection, request: ConfigureRequest): Promise<void> {
  const before = connection.configuring
  const turn = before ? before.then(() => configure(deps, connection, request)) : configure(deps, connection, request)
  const settled = turn.catch(() => undefined)
  connection.configuring = settled
  await turn.finally(() => {
    if (connection.configuring === settled) delete connection.configuring
  })
}

async function configure(deps: RequestDeps, connection: Connection, request: ConfigureRequest): Promise<void> {
  const { deploymentId, token, tracingId } = request
  if (deploymentId !== connection.deploymentId) return refuseFrame(connection, 400, otherDeployment, tracingId)
  const tokenHash = deps.secrets.hash(token)
  const wait = deps.sessions.configureAllowed(connection, tokenHash)
  if (wait > 0) return deps.sessions.slowDown(connection, wait, tracingId)
  const signInId = 'data' in request ? await deps.signInJwt.verify(request.data.code) : undefined
  // Its client renews the proof and asks again; until then the socket goes on as it is.
  if ('data' in request && signInId === undefined) return refuseFrame(connection, guestCodes.unauthorized, 'The token of the sign-in is not valid or has expired: refresh it.', tracingId)
  // The socket leaves its old session before the new one is known: hints for the old must not reach it in between.
  deps.sessions.detach(connection)
  const configured = await take(deps, connection, request, signInId)
  if (!configured.ok) return tellRefusal(connection, configured.refusal, tracingId)
  // A socket that closed meanwhile was taken off the lists already, and would never be taken off again.
  if (connection.phase === 'leaving' || connection.socket.readyState !== connection.socket.OPEN) return
  await attach(deps, connection, request, { ...configured.value, tokenHash })
}

function take({ useCases }: RequestDeps, connection: Connection, { token, startNew = false }: ConfigureRequest, signInId: ConfiguredSignedIn['signIn']['id'] | undefined): Promise<Result<Omit<Attached, 'tokenHash'>>> {
  const command = { deploymentId: connection.deployment.id, token, startNew }
  return signInId === undefined ? useCases.configureGuest(command) : useCases.configureSignedInGuest({ ...command, signInId })
}

async function attach(deps: RequestDeps, connection: Connection, request: ConfigureRequest, configured: Attached): Promise<void> {
  const { deployment, session, conversation, newSession, tokenHash, closedElsewhere = false } = configured
  connection.deployment = deployment
  connection.hasAdditions = request.beckon !== undefined
  connection.session = session
  connection.tokenHash = tokenHash
  connection.contactId = session.contactId
  const resumed = takeUpView(deps, connection, request, configured)
  deps.sessions.attach(connection)
  const answer = renderSession({ deployment, session, conversation, newSession, closedElsewhere, resumed, now: deps.clock.now(), epoch: deps.reader.epoch }, connection.hasAdditions)
  send(connection, JSON.stringify(answerFrame('SessionResponse', answer, request.tracingId)))
  if (configured.justSignedIn && configured.signIn) tellSignIn(deps, connection, configured.signIn)
  await deps.catchUp(connection, conversation?.id, 'arriving')
}

/** A position is taken up only in the same log, in the thread that is shown, and not from the future. */
function takeUpView(
  { reader }: RequestDeps,
  connection: Connection,
  { beckon }: ConfigureRequest,
  { conversation, session }: Configured,
): boolean {
  delete connection.view
  delete connection.latestAt
  if (!conversation) return false
  const resume = beckon?.resume
  const isTakenUp = resume !== undefined && resume.epoch === reader.epoch && resume.conversationId === conversation.id && resume.seq <= conversation.lastSeq
  const sentSeq = isTakenUp ? resume.seq : seqBefore(connection, session, conversation)
  connection.view = { ...viewOf(conversation), sentSeq, ...(resume && !isTakenUp ? { beginsAnew: true } : {}) }
  return isTakenUp
}

function viewOf({ id, version, status, guest, business }: NonNullable<Configured['conversation']>): NonNullable<Connection['view']> {
  return { conversationId: id, sentSeq: 0, version, status, guest, business }
}
