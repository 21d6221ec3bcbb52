// An extension of the agents' desktop adds a word to a chat that is closed.
import { env } from 'node:process'
import { call, getToken, tellRefusal, tellSent } from './beckon.mjs'

const { AGENT_ID, AGENT_NAME, CONVERSATION_ID } = env
const conversation = `/api/v2/conversations/messaging/conversations/${CONVERSATION_ID}`
const notice = { from: { name: AGENT_NAME, id: AGENT_ID }, text: 'Your replacement has been posted.', conversationId: CONVERSATION_ID }

const token = await getToken('conversations:write webmessaging:write')
const send = (body) => call(token, 'POST /api/v2/conversations/messaging/messages', body)

tellSent(await send(notice))

const closed = await call(token, `PATCH ${conversation}`, { status: 'closed' })
console.log(closed.status, closed.answer.status)

// A business that never wants a closed chat disturbed is told which call would open it.
const { actions: [action] } = tellRefusal(await send({ ...notice, policy: { whenClosed: 'reject' } }))
const reopened = await call(token, `${action.method} ${action.href}`, action.body)
console.log(reopened.status, reopened.answer.status)

// Two other ways to the same end; on an open conversation neither changes anything.
const stillOpen = await call(token, `PATCH ${conversation}`, { status: 'open' })
console.log(stillOpen.status, stillOpen.answer.status)
const guest = await call(token, `POST /api/v2/conversations/${CONVERSATION_ID}/participants`, {})
console.log(guest.status, guest.answer.purpose)
