import { section } from '../run/case.ts'
import { emptyOrAbsent, expectEqual, expectShape, expectThat } from '../run/expect.ts'
import { isClass, type World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { at } from '../wire/json.ts'

// Long enough to configure and ask for a key on a slow machine.
const shortSeconds = 4
// Short enough for an end that is moved in steps to move within a second or two.
const activeSeconds = 60
const echo = { action: 'echo', message: { type: 'Text', text: 'ping' } }

/** A guest whose session ends in a moment. */
async function shortLived(world: World): Promise<Guest> {
  return world.enter({ deploymentId: await world.deploymentWith({ sessionSeconds: shortSeconds }) })
}

async function expired(world: World): Promise<Guest> {
  const guest = await shortLived(world)
  await guest.until('SessionExpiredEvent', isClass('SessionExpiredEvent'))
  return guest
}

const expiryOf = async (guest: Guest): Promise<number> => Number(at(await guest.ask(echo), 'body.metadata.expirationDate'))

export const expiry = [
  ...section('4.3', {
    'a session’s end is told with SessionExpiredEvent': async (world) => {
      const guest = await shortLived(world)
      expectShape('the event', await guest.until('SessionExpiredEvent', isClass('SessionExpiredEvent')), { code: 200, body: emptyOrAbsent })
    },
    'an echo after the end is answered with SessionExpiredEvent': async (world) => {
      const guest = await expired(world)
      expectShape('the answer', await guest.ask(echo), { class: 'SessionExpiredEvent' })
    },
    'a message after the end is answered 4006 or 4007': async (world) => {
      const guest = await expired(world)
      const code = at(await guest.say('too late'), 'code')
      expectThat('4006 or 4007', code === 4006 || code === 4007, code)
    },
    'configuring after the end makes a new session': async (world) => {
      const guest = await expired(world)
      const back = await world.open({ token: guest.token, deploymentId: guest.deploymentId })
      expectShape('the answer', await back.configure(), { class: 'SessionResponse', body: { connected: true, newSession: true, readOnly: false } })
    },
    'a message moves the end': async (world) => {
      const guest = await world.enter({ deploymentId: await world.deploymentWith({ sessionSeconds: activeSeconds }) })
      const before = await expiryOf(guest)
      await world.eventually('the end to move with a message', async () => {
        await guest.say('still here')
        return (await expiryOf(guest)) > before
      })
    },
    'what the business sends moves the end as well': async (world) => {
      const { guest, conversationId } = await world.conversing({ sessionSeconds: activeSeconds })
      const before = await expiryOf(guest)
      await world.eventually('the end to move with a message of the business', async () => {
        await world.backend().send(conversationId, { text: 'Still looking.' })
        return (await expiryOf(guest)) > before
      })
    },
    'an echo does not move the end': async (world) => {
      const guest = await world.enter({ deploymentId: await world.deploymentWith({ sessionSeconds: 3600 }) })
      const before = await expiryOf(guest)
      const start = performance.now()
      await world.eventually('a second to pass', () => Promise.resolve(performance.now() - start > 1200))
      expectEqual('the end', await expiryOf(guest), before)
    },
    'a lifetime that was set is the one announced': async (world) => {
      const guest = await world.open({ deploymentId: await world.deploymentWith({ sessionSeconds: 3600 }) })
      expectShape('the answer', await guest.configure(), { body: { durationSeconds: 3600 } })
    },
  }),
  ...section('4.10', {
    'history is out of reach after the end': async (world) => {
      const guest = await shortLived(world)
      const jwt = await world.jwtOf(guest)
      await guest.until('SessionExpiredEvent', isClass('SessionExpiredEvent'))
      const { status } = await world.http('/api/v2/webmessaging/messages', { headers: { authorization: `bearer ${jwt}` } })
      expectThat('a refusal', status >= 400 && status < 500, status)
    },
  }),
]
