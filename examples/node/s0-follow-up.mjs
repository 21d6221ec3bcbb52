// A CRM asks, twenty minutes after the chat was closed, whether there was anything else.
import { env } from 'node:process'
import { call, getToken, tellRefusal, tellSent } from './beckon.mjs'

const { CONVERSATION_ID, PARTICIPANT_ID } = env

async function followUp(scope) {
  return call(
    await getToken(scope),
    `POST /api/v2/communications/conversations/${CONVERSATION_ID}/participants/${PARTICIPANT_ID}/messages`,
    { messageType: 'proactive', content: { text: 'Did you need anything else?' } },
    // The same key is the same message, however often the job runs.
    { 'idempotency-key': `follow-up-${CONVERSATION_ID}` },
  )
}

const first = await followUp('admin:conversation:write')
tellSent(first)

const { requiredScope } = tellRefusal(await followUp('conversations:read'))

const again = await followUp(requiredScope)
tellSent(again)
if (again.answer.messageId === first.answer.messageId) console.log('the same message, not a second one')
