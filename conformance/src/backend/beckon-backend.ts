import { NotApplicable } from '../run/verdict.ts'
import { at, brief, listAt, textAt, type Json } from '../wire/json.ts'
import type { Backend, Traits } from './backend.ts'

export interface BeckonBackend {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

const messaging = '/api/v2/conversations/messaging'

/** Beckon's public REST API by client credentials; deployments are made when a case asks for them, and removed by nobody. */
export async function createBeckonBackend({ url, clientId, clientSecret }: BeckonBackend): Promise<Backend> {
  const token = await issueToken(url, clientId, clientSecret)
  const call = async (method: string, path: string, body?: Json): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    if (response.status >= 300) throw new Error(`${method} ${path} was answered ${response.status}: ${brief(answer)}`)
    return answer
  }
  const made = new Map<string, Promise<string>>()
  return {
    name: 'Beckon',
    deploymentWith: (traits) => {
      const key = JSON.stringify(traits)
      const deployment = made.get(key) ?? call('POST', '/api/v2/deployments', settingsOf(traits)).then((answer) => textAt(answer, 'id'))
      made.set(key, deployment)
      return deployment
    },
    conversationWith: async (text) => {
      const found = listAt(await call('GET', `${messaging}?q=${encodeURIComponent(text)}`), 'entities')
      if (found.length !== 1) throw new Error(`${found.length} conversations have "${text}" as their last message`)
      return textAt(found[0], 'id')
    },
    send: async (id, { text, content, from, isBot }) => {
      const sender = { ...(from === undefined ? {} : { name: from }), kind: isBot === true ? 'bot' : 'agent' }
      await call('POST', `${messaging}/${id}/messages`, { ...(text === undefined ? {} : { text }), ...(content === undefined ? {} : { content }), from: sender })
    },
    showTyping: async (id) => void (await call('POST', `${messaging}/${id}/typing`, { on: true, from: { name: 'Mira' } })),
    end: async (id) => void (await call('PATCH', `${messaging}/${id}`, { status: 'closed' })),
    isOpen: async (id) => at(await call('GET', `${messaging}/${id}`), 'status') === 'open',
    textsOf: async (id) => {
      const entries = listAt(await call('GET', `${messaging}/${id}/messages`), 'entities')
      return entries.filter((entry) => at(entry, 'kind') === 'message' && at(entry, 'direction') === 'inbound').map((entry) => textAt(entry, 'text'))
    },
  }
}

/** The deployment of Beckon's own demo page, for whoever names none. */
export async function findBeckonDeployment(url: string): Promise<string> {
  try {
    const answer: unknown = await (await fetch(`${url}/demo/config.json`)).json()
    return textAt(answer, 'deploymentId')
  } catch {
    return ''
  }
}

function settingsOf(traits: Traits): Json {
  if (traits.disconnect === 'off') throw new NotApplicable('Beckon always tells the guest that the conversation was ended')
  const { disconnect, clear, sessionSeconds, allowedDomains, inactive, another } = traits
  return {
    name: `conformance ${another ?? ''}`.trim(),
    allowedDomains: allowedDomains ?? ['*'],
    ...(disconnect === undefined ? {} : { guestWritesAfterClose: disconnect === 'ReadOnly' ? 'readOnly' : 'reopen' }),
    ...(clear === undefined ? {} : { clearEnabled: clear }),
    ...(sessionSeconds === undefined ? {} : { sessionDuration: `PT${sessionSeconds}S` }),
    ...(inactive === true ? { status: 'inactive' } : {}),
  }
}

async function issueToken(url: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const answer: unknown = await response.json()
  const token = textAt(answer, 'access_token')
  if (token === '') throw new Error(`no token for ${clientId}: ${response.status} ${brief(answer)}`)
  return token
}
