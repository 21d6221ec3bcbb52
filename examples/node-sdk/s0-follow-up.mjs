// A CRM asks, twenty minutes after the chat was closed, whether there was anything else.
import { env } from 'node:process'
import { beckonWith, tellRefusal, tellSent } from './beckon.mjs'

const { CONVERSATION_ID } = env

const followUp = (beckon) =>
  beckon.sendToConversation(
    CONVERSATION_ID,
    { proactive: true, text: 'Did you need anything else?' },
    // The same key is the same message, however often the job runs.
    { idempotencyKey: `follow-up-${CONVERSATION_ID}` },
  )

const first = await followUp(beckonWith('admin:conversation:write'))
tellSent(first)

const { requiredScope } = await tellRefusal(followUp(beckonWith('conversations:read')))

const again = await followUp(beckonWith(requiredScope))
tellSent(again)
if (again.messageId === first.messageId) console.log('the same message, not a second one')
