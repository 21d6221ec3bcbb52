// A scheduled job writes to somebody whose chat is open and whose tab is closed.
import { env } from 'node:process'
import { call, callOAuth, getToken, tellRefusal, tellSent } from './beckon.mjs'

const { CONTACT_ID, CONVERSATION_ID, SENDER_ID, SESSION_ID } = env
const from = { id: SENDER_ID }

const byContact = (token) =>
  call(token, `POST /api/v2/conversations/messaging/contacts/${CONTACT_ID}/messages`, { from, text: 'It will be there before noon.' })

const token = await getToken('webchat:write conversations:read')

const checked = await callOAuth('introspect', { token })
console.log(checked.status, checked.answer.scope)

const before = await call(token, `GET /api/v2/conversations/messaging/${CONVERSATION_ID}`)
console.log(`${before.status} ${before.answer.status}, ${before.answer.presence.connections} tabs`)

tellSent(
  await call(token, 'POST /api/v2/conversations/webchat/messages', {
    webchatSessionId: SESSION_ID,
    contactId: CONTACT_ID,
    from,
    text: 'Your parcel is on its way.',
  }),
)

const { requiredScope } = tellRefusal(await byContact(token))
tellSent(await byContact(await getToken(requiredScope)))
