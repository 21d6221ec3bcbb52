import { openWebSocket, type GuestSocket, type GuestSocketListener, type OpenGuestSocket } from '@beckon/client'
import { fieldsOf } from '@beckon/protocol'
import type { Answer, Call, GuestFrame } from '../../history/record.ts'
import type { KnownNodes } from './known-nodes.ts'
import { parseJson } from './parse-json.ts'
import type { Attempt, Outcome, Recorder } from './recorder.ts'

interface RecordedSocketsDeps {
  /** The page whose sockets these are, one after another. */
  readonly view: string
  readonly nodes: KnownNodes
  readonly recorder: Recorder
}

/** What a guest's frames go through, whichever client it is: each request is an attempt of the history, each frame is seen. */
export function recordSockets(deps: RecordedSocketsDeps): OpenGuestSocket {
  return (url, listener) => openRecorded(deps, url, listener)
}

function openRecorded({ view, nodes, recorder }: RecordedSocketsDeps, url: string, listener: GuestSocketListener): GuestSocket {
  const node = nodes.current()
  const attempts = new Map<string, Attempt>()
  const state = { isOpen: false, isOver: false }

  function over(): void {
    if (state.isOver) return
    state.isOver = true
    nodes.moveOn(node)
    for (const attempt of attempts.values()) attempt.settle({ kind: 'unknown', why: 'the socket ended' })
    if (state.isOpen) recorder.write({ kind: 'disconnected', view })
  }

  const socket = openWebSocket(atNode(url, node), {
    opened() {
      if (state.isOver) return
      state.isOpen = true
      recorder.write({ kind: 'connected', view, node })
      listener.opened()
    },
    received(text) {
      // What comes after the client has turned away is nothing that it saw.
      if (state.isOver) return
      see(text)
      listener.received(text)
    },
    ended(refusedStatus) {
      over()
      listener.ended(refusedStatus)
    },
  })

  function see(text: string): void {
    const { tracingId, ...frame } = parseJson<GuestFrame>(text)
    const attempt = attempts.get(tracingId ?? '')
    recorder.write({ kind: 'frame', view, frame: { ...frame, ...(attempt === undefined ? {} : { tracingId: `op-${attempt.op}` }) } })
    attempt?.settle(outcomeOf(frame))
  }

  return {
    send(text) {
      const request = parseJson<GuestRequest>(text)
      const attempt = recorder.invoke({ who: view, node, call: callOf(request) })
      if (request.tracingId !== undefined) attempts.set(request.tracingId, attempt)
      socket.send(text)
    },
    close() {
      over()
      socket.close()
    },
  }
}

function atNode(url: string, node: string): string {
  const { pathname, search } = new URL(url)
  return `${node.replace(/^http/, 'ws')}${pathname}${search}`
}

interface GuestRequest {
  readonly action: string
  readonly tracingId?: string
  readonly clientId?: string
  readonly message?: { readonly type: string; readonly text?: string }
  readonly conversationId?: string
  readonly deliveredSeq?: number
  readonly seenSeq?: number
  readonly beckon?: { readonly resume?: { readonly conversationId: string; readonly seq: number } }
}

function callOf({ action, clientId, message, conversationId, deliveredSeq = 0, seenSeq = 0, beckon }: GuestRequest): Call {
  if (action === 'onMessage' && clientId !== undefined) return { name: 'write', clientId, text: message?.text ?? '' }
  if (action === 'acknowledge' && conversationId !== undefined) return { name: 'acknowledge', conversationId, deliveredSeq, seenSeq }
  if (action !== 'configureSession') return { name: 'other', what: action }
  if (beckon?.resume === undefined) return { name: 'configure' }
  const { conversationId: resumed, seq } = beckon.resume
  return { name: 'configure', resume: { conversationId: resumed, seq } }
}

function outcomeOf({ class: kind, code, body }: GuestFrame): Outcome {
  if (code !== 200) return isOutage(code) ? { kind: 'unknown', why: String(code) } : { kind: 'fail', code: String(code) }
  return { kind: 'ok', answer: answerOf(kind, body) }
}

function isOutage(code: number): boolean {
  return code === 5000 || (code >= 500 && code < 600)
}

function answerOf(kind: string, body: unknown): Answer {
  const { id, conversationId, seq, beckon } = fieldsOf(body)
  if (kind === 'SessionResponse') return { resumed: fieldsOf(beckon)['resumed'] === true }
  return {
    ...(typeof id === 'string' ? { messageId: id } : {}),
    ...(typeof conversationId === 'string' ? { conversationId } : {}),
    ...(typeof seq === 'number' ? { seq } : {}),
  }
}
