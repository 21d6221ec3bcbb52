// A ticketing system ends a guest's chat.
import { env } from 'node:process'
import { call, getToken, tellRefusal } from './beckon.mjs'

const endChat = (token) => call(token, `DELETE /api/v2/conversations/webmessaging/instances/${env.CONVERSATION_ID}`)

const { requiredScope } = tellRefusal(await endChat(await getToken('conversations:write')))

const token = await getToken(requiredScope)
console.log((await endChat(token)).status)
// Ending what has ended changes nothing, so a job may simply be run again.
console.log((await endChat(token)).status)
