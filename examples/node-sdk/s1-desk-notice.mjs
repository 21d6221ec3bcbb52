// An extension of the agents' desktop adds a word to a chat that is closed.
import { env } from 'node:process'
import { beckonWith, tellRefusal, tellSent } from './beckon.mjs'

const { AGENT_ID, AGENT_NAME, CONVERSATION_ID } = env
const notice = { from: { name: AGENT_NAME, id: AGENT_ID }, text: 'Your replacement has been posted.', conversationId: CONVERSATION_ID }
const beckon = beckonWith('conversations:write webmessaging:write')

tellSent(await beckon.sendMessage(notice))

const closed = await beckon.closeConversation(CONVERSATION_ID)
console.log(closed.status)

// A business that never wants a closed chat disturbed is told which call would open it.
const { actions: [action] } = await tellRefusal(beckon.sendMessage({ ...notice, policy: { whenClosed: 'reject' } }))
const reopened = await beckon.request({ method: action.method, path: action.href, body: action.body })
console.log(reopened.status)

// Two other ways to the same end; on an open conversation neither changes anything.
const stillOpen = await beckon.reopenConversation(CONVERSATION_ID)
console.log(stillOpen.status)
const guest = await beckon.addParticipant(CONVERSATION_ID)
console.log(guest.purpose)
