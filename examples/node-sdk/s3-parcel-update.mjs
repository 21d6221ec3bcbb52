// A scheduled job writes to somebody whose chat is open and whose tab is closed.
import { env } from 'node:process'
import { beckonWith, tellRefusal, tellSent } from './beckon.mjs'

const { CONTACT_ID, CONVERSATION_ID, SENDER_ID } = env
const from = { id: SENDER_ID }

const byContact = (beckon) => beckon.sendToContact(CONTACT_ID, { from, text: 'It will be there before noon.' })

const beckon = beckonWith('messaging:conversation:write conversations:read')

const { scopes } = await beckon.getMyToken()
console.log(scopes.join(' '))

const before = await beckon.getConversation(CONVERSATION_ID)
console.log(`${before.status}, ${before.presence.connections} tabs`)

tellSent(await beckon.sendToConversation(CONVERSATION_ID, { from, text: 'Your parcel is on its way.' }))

const { requiredScope } = await tellRefusal(byContact(beckon))
tellSent(await byContact(beckonWith(requiredScope)))
