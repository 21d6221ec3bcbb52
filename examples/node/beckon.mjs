// What the five stories share: a token, a call with it, and how an answer is told.
import { env } from 'node:process'

const credentials = `Basic ${Buffer.from(`${env.BECKON_CLIENT_ID}:${env.BECKON_CLIENT_SECRET}`).toString('base64')}`

/** A call of the OAuth endpoints, which take forms. */
export async function callOAuth(endpoint, form) {
  const response = await fetch(`${env.BECKON_URL}/oauth/${endpoint}`, {
    method: 'POST',
    headers: { authorization: credentials },
    body: new URLSearchParams(form),
  })
  return { status: response.status, answer: await response.json() }
}

/** An access token that may do what `scope` says and nothing else. */
export async function getToken(scope) {
  const { status, answer } = await callOAuth('token', { grant_type: 'client_credentials', scope })
  if (status !== 200) throw new Error(`no token: ${answer.error_description}`)
  return answer.access_token
}

/** `route` is verb and path, as the API writes them. */
export async function call(token, route, body, headers = {}) {
  const [method, path] = route.split(' ')
  const response = await fetch(env.BECKON_URL + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, answer: text === '' ? undefined : JSON.parse(text) }
}

/** What was done about the message, and how it travels. */
export function tellSent({ status, answer }) {
  if (status !== 202) throw new Error(`${status} ${answer.detail}`)
  console.log(`${status} ${answer.did}, ${answer.status}`)
  for (const delivery of answer.deliveries) console.log(`  ${delivery.route}: ${delivery.status}`)
}

/** Why not, and what would work instead. */
export function tellRefusal({ status, answer }) {
  if (status < 400) throw new Error(`a refusal was expected, not ${status}`)
  console.log(`${status} ${answer.code}`)
  if (answer.requiredScope) console.log(`  needs ${answer.requiredScope}`)
  const [action] = answer.actions ?? []
  if (action) console.log(`  try ${action.method} ${action.href}`)
  return answer
}
