import { toId, type Configured } from '@beckon/core'
import { answerFrame, type GuestRequestOf } from '@beckon/protocol'
import { send, type Connection } from '../connection.ts'
import { renderSession } from '../render-session.ts'
import { refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

/** Attaches the socket to its session, and brings it up to date (guest-protocol 2.2, 4.2). One at a time on a socket. */
export async function configureSession(deps: RequestDeps, connection: Connection, request: GuestRequestOf<'configureSession'>): Promise<void> {
  const before = connection.configuring
  const turn = before ? before.then(() => configure(deps, connection, request)) : configure(deps, connection, request)
  const settled = turn.catch(() => undefined)
  connection.configuring = settled
  await turn.finally(() => {
    if (connection.configuring === settled) delete connection.configuring
  })
}

async function configure(deps: RequestDeps, connection: Connection, request: GuestRequestOf<'configureSession'>): Promise<void> {
  const { deploymentId, token, startNew = false, tracingId } = request
  if (deploymentId !== connection.deploymentId) return refuseFrame(connection, 400, 'The deployment is not the one this socket was opened for.', tracingId)
  const tokenHash = deps.secrets.hash(token)
  const wait = connection.configures.take(deps.clock.now())
  if (wait > 0) return deps.sessions.slowDown(connection, wait, tracingId)
  // The socket leaves its old session before the new one is known: hints for the old must not reach it in between.
  deps.sessions.detach(connection)
  const configured = await deps.useCases.configureGuest({ deploymentId: connection.deployment.id, token, startNew })
  if (!configured.ok) return tellRefusal(connection, configured.refusal, tracingId)
  // A socket that closed meanwhile was taken off the lists already, and would never be taken off again.
  if (connection.phase === 'leaving' || connection.socket.readyState !== connection.socket.OPEN) return
  await attach(deps, connection, request, { ...configured.value, tokenHash })
}

async function attach(
  deps: RequestDeps,
  connection: Connection,
  request: GuestRequestOf<'configureSession'>,
  configured: Configured & { readonly tokenHash: string },
): Promise<void> {
  const { deployment, session, conversation, newSession, tokenHash } = configured
  connection.deployment = deployment
  connection.hasAdditions = request.beckon !== undefined
  connection.session = session
  connection.tokenHash = tokenHash
  connection.contactId = session.contactId
  const resumed = takeUpView(deps, connection, request, configured)
  deps.sessions.attach(connection)
  const answer = renderSession({ deployment, session, conversation, newSession, resumed, now: deps.clock.now(), epoch: deps.reader.epoch }, connection.hasAdditions)
  send(connection, JSON.stringify(answerFrame('SessionResponse', answer, request.tracingId)))
  if (conversation) await deps.catchUp(connection, conversation.id)
}

/** A position is taken up only in the same log, in the thread that is shown, and not from the future. */
function takeUpView(
  { reader }: RequestDeps,
  connection: Connection,
  { beckon }: GuestRequestOf<'configureSession'>,
  { conversation }: Configured,
): boolean {
  delete connection.view
  const resume = beckon?.resume
  if (!resume || !conversation) return false
  if (resume.epoch !== reader.epoch || resume.conversationId !== conversation.id || resume.seq > conversation.lastSeq) {
    // Marks the first History as a reset: what the client kept is of another log or thread.
    connection.view = { ...viewOf(conversation), conversationId: toId('') }
    return false
  }
  connection.view = { ...viewOf(conversation), sentSeq: resume.seq }
  return true
}

function viewOf({ id, status, guest, business }: NonNullable<Configured['conversation']>): NonNullable<Connection['view']> {
  return { conversationId: id, sentSeq: 0, status, guest, business }
}
