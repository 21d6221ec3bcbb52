// What the five stories share: who is calling, and how an answer is told.
import { env } from 'node:process'
import { BeckonRefusal, createBeckon } from '@beckon/client'

/** The SDK with a token that may do what `scope` says and nothing else. It fetches and renews the token by itself. */
export function beckonWith(scope) {
  return createBeckon({ url: env.BECKON_URL, clientId: env.BECKON_CLIENT_ID, clientSecret: env.BECKON_CLIENT_SECRET, scope })
}

/** What was done about the message, and how it travels. */
export function tellSent({ did, status, deliveries }) {
  console.log(`${did}, ${status}`)
  for (const delivery of deliveries) console.log(`  ${delivery.route}: ${delivery.status}`)
}

/** Why not, and what would work instead. */
export async function tellRefusal(calling) {
  const refusal = await calling.then(() => undefined, (error) => error)
  if (!(refusal instanceof BeckonRefusal)) throw refusal ?? new Error('a refusal was expected')
  console.log(refusal.status, refusal.code)
  if (refusal.requiredScope) console.log(`  needs ${refusal.requiredScope}`)
  const [action] = refusal.actions
  if (action) console.log(`  try ${action.method} ${action.href}`)
  return refusal
}
