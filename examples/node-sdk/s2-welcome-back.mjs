// A cloud function greets a known visitor by this morning's session id, and another by a fresh one.
import { env } from 'node:process'
import { beckonWith, tellRefusal, tellSent } from './beckon.mjs'

const { GUEST_EMAIL, GUEST_NAME, SESSION_ID } = env

const greet = (beckon, sessionId) => beckon.sendMessage({ sessionId, text: 'Welcome back!' })

const desk = beckonWith('webchat:session:write conversations:read')

const known = await desk.getSession(SESSION_ID)
console.log(known.state, known.endedReason ?? '')

const { requiredScope } = await tellRefusal(greet(desk, SESSION_ID))

const sender = beckonWith(requiredScope)
tellSent(await greet(sender, SESSION_ID))

const fresh = await desk.createSession({ contact: { name: GUEST_NAME, email: GUEST_EMAIL } })
console.log(fresh.state)
tellSent(await greet(sender, fresh.sessionId))
