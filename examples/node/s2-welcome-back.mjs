// A cloud function greets a known visitor by this morning's session id, and another by a fresh one.
import { env } from 'node:process'
import { call, getToken, tellRefusal, tellSent } from './beckon.mjs'

const { GUEST_EMAIL, GUEST_NAME, SESSION_ID } = env

const greet = (token, webChatSessionId) =>
  call(token, 'POST /api/v2/conversations/messaging/external/guests/sendmessage', { webChatSessionId, text: 'Welcome back!' })

const desk = await getToken('webchat:session:write conversations:read')

const known = await call(desk, `GET /api/v2/conversations/messaging/sessions/${SESSION_ID}`)
console.log(known.status, known.answer.state, known.answer.endedReason ?? '')

const { requiredScope } = tellRefusal(await greet(desk, SESSION_ID))

const sender = await getToken(requiredScope)
tellSent(await greet(sender, SESSION_ID))

const fresh = await call(desk, 'POST /api/v2/conversations/webchat/sessions', { guest: { name: GUEST_NAME, email: GUEST_EMAIL } })
console.log(fresh.status, fresh.answer.state)
tellSent(await greet(sender, fresh.answer.webChatSessionId))
