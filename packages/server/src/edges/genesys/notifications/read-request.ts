/** What a listener may say: that it is there, or which topics it follows beside those it does. */
export type ListenerRequest =
  | { readonly kind: 'ping' }
  | { readonly kind: 'subscribe'; readonly topics: readonly string[]; readonly correlationId?: string }
  | { readonly kind: 'unreadable' }

export function readListenerRequest(text: string): ListenerRequest {
  const said = parse(text)
  if (typeof said !== 'object' || said === null || !('message' in said)) return { kind: 'unreadable' }
  if (said.message === 'ping') return { kind: 'ping' }
  if (said.message !== 'subscribe' || !('topics' in said) || !isTexts(said.topics)) return { kind: 'unreadable' }
  const id = 'correlationId' in said && typeof said.correlationId === 'string' ? { correlationId: said.correlationId } : {}
  return { kind: 'subscribe', topics: said.topics, ...id }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
