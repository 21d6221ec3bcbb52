import { section } from '../run/case.ts'
import { absent, aCount, aFlag, aMomentInSeconds, anErrorCode, aText, expectEqual, expectShape, expectThat, falseAsTextOrAbsent } from '../run/expect.ts'
import { saysText } from '../run/world.ts'
import { at, listAt, textAt } from '../wire/json.ts'

const opened = { type: 'response', class: 'SessionResponse', code: 200 }
const fresh = { ...opened, body: { connected: true, newSession: true, readOnly: false } }
const living = { ...opened, body: { connected: true, newSession: false, readOnly: false } }

const journeyContext = (token: string, version: number): Readonly<Record<string, unknown>> => ({
  customer: { id: token, idType: 'cookie' },
  customerSession: { id: '', type: 'web' },
  triggeringAction: { id: 'a1', actionMap: { id: 'm1', version } },
})

const configure = section('2.2', {
  'action, deploymentId and token are enough': async ({ open, deploymentId }) => {
    const guest = await open()
    guest.raw.send(JSON.stringify({ action: 'configureSession', deploymentId, token: guest.token }))
    expectShape('the answer', await guest.until('an answer', () => true), fresh)
  },
  'all that the mobile clients send is accepted': async ({ open }) => {
    const guest = await open()
    expectShape('the answer', await guest.configure({ startNew: false, journeyContext: journeyContext(guest.token, 1) }), fresh)
  },
  'the version of an action map may have a fraction': async ({ open }) => {
    const guest = await open()
    expectShape('the answer', await guest.configure({ startNew: false, journeyContext: journeyContext(guest.token, 1.5) }), fresh)
  },
  'a socket may be configured again': async ({ enter }) => {
    const guest = await enter()
    expectShape('the second answer', await guest.configure({ startNew: false }), living)
  },
  'configureSession without a deployment is refused, and the socket stays': async ({ open }) => {
    const guest = await open()
    expectShape('the answer', await guest.ask({ action: 'configureSession' }), { class: 'string', code: anErrorCode })
    expectShape('the next answer', await guest.configure(), opened)
  },
  'a deployment that the socket was not opened for is refused': async ({ open }) => {
    const guest = await open()
    expectShape('the answer', await guest.ask({ action: 'configureSession', deploymentId: '00000000-0000-4000-8000-00000000dead' }), { class: 'string', code: anErrorCode, body: aText })
  },
})

const response = section('3.2', {
  'the answer says whether the session is new, connected and read-only': async ({ open }) => {
    expectShape('the answer', await (await open()).configure(), { ...opened, body: { connected: aFlag, newSession: aFlag, readOnly: aFlag } })
  },
  'the room for custom attributes is announced': async ({ open }) => {
    expectShape('the answer', await (await open()).configure(), { body: { maxCustomDataBytes: 2048 } })
  },
  'the lifetime is announced in seconds, and the expiry as a moment in seconds that fits it': async ({ open }) => {
    const answer = await (await open()).configure()
    expectShape('the answer', answer, { body: { durationSeconds: aCount, expirationDate: aMomentInSeconds } })
    const ahead = Number(at(answer, 'body.expirationDate')) - Math.floor(Date.now() / 1000)
    const duration = Number(at(answer, 'body.durationSeconds'))
    expectThat(`an expiry ${duration} seconds ahead, give or take a minute`, Math.abs(ahead - duration) < 60, ahead)
  },
  'a lifetime that was not set is 72 hours': async ({ open, deploymentWith }) => {
    const guest = await open({ deploymentId: await deploymentWith({}) })
    expectShape('the answer', await guest.configure(), { body: { durationSeconds: 259_200 } })
  },
  'media are announced as types with a size, and refused extensions with their dot': async ({ open }) => {
    const answer = await (await open()).configure()
    const types = listAt(answer, 'body.allowedMedia.inbound.fileTypes')
    expectThat('each file type as an object with its type', types.every((one) => textAt(one, 'type') !== ''), types)
    const extensions = listAt(answer, 'body.blockedExtensions')
    expectThat('each blocked extension with a leading dot', extensions.every((one) => typeof one === 'string' && one.startsWith('.')), extensions)
  },
})

const outcomes = section('4.2', {
  'an unknown token gets a new session': async ({ open }) => expectShape('the answer', await (await open()).configure(), fresh),
  'a live session is taken up again by another socket': async ({ enter, open }) => {
    const { token } = await enter()
    expectShape('the answer', await (await open({ token })).configure(), living)
  },
  'startNew makes a fresh session of a live token': async ({ enter, aText }) => {
    const guest = await enter()
    await guest.say(aText())
    expectShape('the answer', await guest.configure({ startNew: true }), fresh)
  },
  'startNew in the first request of an unknown token is no trouble': async ({ open }) => {
    expectShape('the answer', await (await open()).configure({ startNew: true }), fresh)
  },
  'after startNew the old conversation is out of the guest’s reach': async ({ enter, aText, historyOf }) => {
    const guest = await enter()
    const text = aText()
    await guest.say(text)
    await guest.configure({ startNew: true })
    const history = await historyOf(guest)
    expectThat('a history without the old message', !listAt(history, 'entities').some((entity) => textAt(entity, 'text') === text), history)
  },
  'after startNew the business sees another conversation': async ({ conversing, aText, backend }) => {
    const { guest, conversationId } = await conversing()
    await guest.configure({ startNew: true })
    const text = aText()
    expectShape('the acknowledgement', await guest.say(text), { class: 'StructuredMessage' })
    const next = await backend().conversationWith(text)
    expectThat('another conversation', next !== conversationId, next)
  },
  'a live session goes on in the same conversation': async ({ conversing, open, aText, backend }) => {
    const { guest, conversationId } = await conversing()
    const back = await open({ token: guest.token, deploymentId: guest.deploymentId })
    await back.configure()
    const text = aText()
    await back.say(text)
    expectEqual('the conversation', await backend().conversationWith(text), conversationId)
  },
})

const tokens = [
  ...section('4.1', {
    'a token in capitals is accepted': async ({ open }) => {
      expectShape('the answer', await (await open({ token: crypto.randomUUID().toUpperCase() })).configure(), fresh)
    },
  }),
  ...section('6.23', {
    'one token is two sessions at two deployments': async ({ enter, open, deploymentWith, aText }) => {
      const here = await enter({ deploymentId: await deploymentWith({}) })
      const there = await open({ token: here.token, deploymentId: await deploymentWith({ another: 'with the same token' }) })
      expectShape('the answer at the other deployment', await there.configure(), fresh)
      const text = aText()
      await here.say(text)
      await there.settled()
      expectThat('nothing of the first at the second', !there.frames.some(saysText(text)), there.frames)
    },
  }),
  ...section('6.28', {
    'a returning guest may bring another journey': async ({ enter, open }) => {
      const { token } = await enter()
      expectShape('the answer', await (await open({ token })).configure({ journeyContext: journeyContext('someone', 2) }), living)
    },
  }),
]

const afterEnd = [
  ...section('4.4', {
    'an end that leaves the conversation writable is told as Outbound Disconnect with readOnly "false" or none': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing({ disconnect: 'Send' })
      await backend().end(conversationId)
      const told = await guest.until('an Outbound Disconnect', isDisconnect)
      expectShape('the event', told, { type: 'message', body: { type: 'Event', metadata: optionalReadOnly }, tracingId: absent })
    },
    'after such an end the guest goes on in the same conversation': async ({ conversing, backend, aText }) => {
      const { guest, conversationId } = await conversing({ disconnect: 'Send' })
      await backend().end(conversationId)
      await guest.until('an Outbound Disconnect', isDisconnect)
      const text = aText()
      expectShape('the acknowledgement', await guest.say(text), { class: 'StructuredMessage', body: { text } })
      expectEqual('the conversation', await backend().conversationWith(text), conversationId)
    },
    'an end that makes it read-only is told with readOnly "true"': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing({ disconnect: 'ReadOnly' })
      await backend().end(conversationId)
      expectShape('the event', await guest.until('an Outbound Disconnect', isDisconnect), { body: { metadata: { readOnly: 'true' } } })
    },
    'where the end is not told, the guest sees nothing and goes on writing': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing({ disconnect: 'off' })
      await backend().end(conversationId)
      await guest.settled()
      expectThat('no Disconnect', !guest.frames.some(isDisconnect), guest.frames)
      expectShape('the acknowledgement', await guest.say('still here'), { class: 'StructuredMessage' })
    },
  }),
]

function optionalReadOnly(metadata: unknown): boolean {
  return falseAsTextOrAbsent(at(metadata, 'readOnly'))
}

function isDisconnect(frame: unknown): boolean {
  return at(frame, 'body.direction') === 'Outbound' && listAt(frame, 'body.events').some((event) => at(event, 'presence.type') === 'Disconnect')
}

export const session = [...configure, ...response, ...outcomes, ...tokens, ...afterEnd]
