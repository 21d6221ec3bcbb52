// A ticketing system ends a guest's chat.
import { env } from 'node:process'
import { beckonWith, tellRefusal } from './beckon.mjs'

const { CONVERSATION_ID } = env

const { requiredScope } = await tellRefusal(beckonWith('conversations:write').closeConversation(CONVERSATION_ID))

const beckon = beckonWith(requiredScope)
console.log((await beckon.closeConversation(CONVERSATION_ID)).status)
// Ending what has ended changes nothing, so a job may simply be run again.
console.log((await beckon.closeConversation(CONVERSATION_ID)).status)
