import type { Answer, Call } from '../../history/record.ts'
import { callOf } from './call-of.ts'
import type { KnownNodes } from './known-nodes.ts'
import { parseJson } from './parse-json.ts'
import type { Outcome, Recorder } from './recorder.ts'
import type { Tally } from './tally.ts'

interface RecordedFetchDeps {
  readonly who: string
  readonly nodes: KnownNodes
  readonly recorder: Recorder
  readonly tally: Tally
}

type BeckonFetch = (url: string, init: RequestInit) => Promise<Response>

/** Stands for the installation in addresses; each try replaces it by the node that the caller uses at the moment. */
export const installation = 'http://beckon.invalid'

/** What a backend's calls go through: every try is an attempt of the history, and a node that does not answer is left for the next. */
export function recordFetch({ who, nodes, recorder, tally }: RecordedFetchDeps): BeckonFetch {
  return async (url, init) => {
    const node = nodes.current()
    const call = callOf(url.slice(installation.length), init)
    const attempt = recorder.invoke({ who, node, call })
    try {
      const response = await fetch(url.replace(installation, node), init)
      if (response.status >= 500) nodes.moveOn(node)
      if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) return response
      const text = await response.text()
      attempt.settle(outcomeOf(call, response, text))
      // An outage is 503, or what stands between says 502 and 504: this is a bug.
      if (response.status === 500) tally.surprise(`${who} was answered 500: ${text}`)
      return new Response(text === '' ? null : text, { status: response.status, headers: response.headers })
    } catch (error) {
      nodes.moveOn(node)
      attempt.settle({ kind: 'unknown', why: String(error) })
      throw error
    }
  }
}

interface AnswerBody {
  readonly id?: string
  readonly messageId?: string
  readonly conversationId?: string
  readonly seq?: number
  readonly status?: string
  readonly code?: string
}

/** A server that is not well may have done it all the same: only a refusal by the rules says that nothing was done. */
function outcomeOf(call: Call, response: Response, text: string): Outcome {
  const body: AnswerBody = text.startsWith('{') ? parseJson<AnswerBody>(text) : {}
  if (response.status >= 500) return { kind: 'unknown', why: `${response.status} ${body.code ?? ''}` }
  if (response.status >= 400) return { kind: 'fail', code: body.code ?? String(response.status) }
  // What somebody has got cannot be taken back: the answer says what became of it.
  if (call.name === 'cancel' && body.status !== 'cancelled') return { kind: 'fail', code: body.status ?? '' }
  return { kind: 'ok', answer: answerOf(body, response.headers.get('idempotent-replayed') === 'true') }
}

function answerOf({ id, messageId, conversationId, seq, status }: AnswerBody, replayed: boolean): Answer {
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(messageId === undefined || id === undefined ? {} : { proactiveId: id }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(seq === undefined ? {} : { seq }),
    ...(status === undefined ? {} : { status }),
    ...(replayed ? { replayed } : {}),
  }
}
