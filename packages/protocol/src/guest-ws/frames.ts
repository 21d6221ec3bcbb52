import type { FrameClass, GuestFrameOf } from './down.ts'

/** The frame that answers a request. */
export function answerFrame<C extends FrameClass>(name: C, body: GuestFrameOf<C>['body'], tracingId?: string): GuestFrameOf<C> {
  return { type: 'response', class: name, code: 200, body, ...traced(tracingId) }
}

/** A frame nobody asked for. Only the copy of a guest's own message carries a tracingId: that is its acknowledgement. */
export function pushFrame<C extends FrameClass>(name: C, body: GuestFrameOf<C>['body'], tracingId?: string): GuestFrameOf<C> {
  return { type: 'message', class: name, code: 200, body, ...traced(tracingId) }
}

/** A refusal: its code, and a sentence for people. */
export function refusalFrame(code: number, text: string, tracingId?: string): GuestFrameOf<'string'> {
  return { type: 'response', class: 'string', code, body: text, ...traced(tracingId) }
}

/** The refusal of a request over its rate; `retryAfter` in whole seconds. */
export function tooManyRequestsFrame(retryAfter: number, text: string, tracingId?: string): GuestFrameOf<'TooManyRequestsErrorMessage'> {
  const body = { name: 'TooManyRequests', message: text, retryAfter: Math.max(1, Math.ceil(retryAfter)), errorCode: 4029, errorMessage: text } as const
  return { type: 'response', class: 'TooManyRequestsErrorMessage', code: 429, body, ...traced(tracingId) }
}

function traced(tracingId: string | undefined): { readonly tracingId?: string } {
  return tracingId === undefined ? {} : { tracingId }
}
