import { section } from '../run/case.ts'
import { absent, aCount, aFlag, aMomentInSeconds, aText, expectEqual, expectShape, expectThat, wholeNumberAsText } from '../run/expect.ts'
import { at, listAt } from '../wire/json.ts'

const echo = { action: 'echo', message: { type: 'Text', text: 'ping' } }
const healthCheck = 'SGVhbHRoQ2hlY2tNZXNzYWdlSWQ='

export const echoAndKeys = [
  ...section('2.6', {
    'an echo is answered with the fixed tracingId by which a client knows it': async ({ enter }) => {
      const answer = await (await enter()).ask({ ...echo, tracingId: healthCheck })
      expectShape('the answer', answer, { type: 'response', class: 'StructuredMessage', code: 200, tracingId: healthCheck })
    },
    'an echo with any text and tracingId is answered': async ({ enter }) => {
      const answer = await (await enter()).ask({ action: 'echo', tracingId: 'any', message: { type: 'Text', text: 'anything' } })
      expectShape('the answer', answer, { class: 'StructuredMessage', tracingId: 'any' })
    },
  }),
  ...section('3.3', {
    'the answer to an echo is an Inbound text with lifetime and expiry as texts': async ({ enter }) => {
      const metadata = { durationSeconds: wholeNumberAsText, expirationDate: wholeNumberAsText }
      expectShape('the answer', await (await enter()).ask(echo), { type: 'response', class: 'StructuredMessage', body: { id: aText, type: 'Text', direction: 'Inbound', metadata } })
    },
    'an echo tells the expiry that configuring told': async ({ open }) => {
      const guest = await open()
      const expiry = at(await guest.configure(), 'body.expirationDate')
      expectEqual('the expiry', at(await guest.ask(echo), 'body.metadata.expirationDate'), String(expiry))
    },
    'an echo is kept nowhere': async ({ enter, historyOf }) => {
      const guest = await enter()
      const other = await enter({ token: guest.token })
      const heard = other.frames.length
      await guest.ask(echo)
      expectThat('nothing in history', listAt(await historyOf(guest), 'entities').length === 0, await historyOf(guest))
      expectThat('nothing at the other connection', other.frames.length === heard, other.frames.slice(heard))
    },
  }),
  ...section('6.24', {
    'an echo before configuring is answered': async ({ open }) => {
      expectShape('the answer', await (await open()).ask(echo), { class: 'StructuredMessage', type: 'response' })
    },
    'an echo without a token is answered': async ({ open }) => {
      const guest = await open()
      guest.raw.send(JSON.stringify({ ...echo, tracingId: 'nobody' }))
      expectShape('the answer', await guest.until('an answer', (frame) => frame['tracingId'] === 'nobody'), { class: 'StructuredMessage' })
    },
  }),
  ...section('2.8', {
    'getJwt is answered with a key and its end in seconds': async ({ enter }) => {
      const answer = await (await enter()).ask({ action: 'getJwt' })
      expectShape('the answer', answer, { type: 'response', class: 'JwtResponse', code: 200, body: { jwt: aText, exp: aMomentInSeconds } })
    },
    'the key lasts longer than the five seconds at which a client asks again': async ({ enter }) => {
      const answer = await (await enter()).ask({ action: 'getJwt' })
      const ahead = Number(at(answer, 'body.exp')) - Date.now() / 1000
      expectThat('an end more than five seconds ahead', ahead > 5, ahead)
    },
    'getConfiguration is answered without a session': async ({ open, deploymentId }) => {
      const answer = await (await open()).ask({ action: 'getConfiguration', deploymentId })
      expectShape('the answer', answer, { class: 'GetConfigurationResponse', code: 200, body: { allowedMedia: {}, maxCustomDataBytes: aCount, messageRoutingEnabled: aFlag } })
    },
    'getConfiguration of a configured socket is answered too': async ({ enter, deploymentId }) => {
      expectShape('the answer', await (await enter()).ask({ action: 'getConfiguration', deploymentId }), { class: 'GetConfigurationResponse' })
    },
    'a socket that asked for its configuration with one token may configure another': async ({ open, deploymentId }) => {
      const guest = await open()
      await guest.ask({ action: 'getConfiguration', token: crypto.randomUUID(), deploymentId })
      expectShape('the answer', await guest.configure(), { class: 'SessionResponse', body: { connected: true, newSession: true } })
      expectShape('the acknowledgement', await guest.say('hello'), { class: 'StructuredMessage', tracingId: aText, body: { text: 'hello' } })
    },
    'getJwt needs no field besides the token': async ({ enter }) => {
      const guest = await enter()
      guest.raw.send(JSON.stringify({ action: 'getJwt', token: guest.token }))
      expectShape('the answer', await guest.until('a JwtResponse', (frame) => frame['class'] === 'JwtResponse'), { tracingId: absent })
    },
  }),
]
