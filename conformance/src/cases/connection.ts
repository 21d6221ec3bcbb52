import { section } from '../run/case.ts'
import { expectShape, expectThat } from '../run/expect.ts'
import type { World } from '../run/world.ts'
import { at } from '../wire/json.ts'

/** 403 before the socket, or the older form: a frame after it. Both mean never. */
async function expectTurnedAway(what: string, refusal: Promise<unknown>): Promise<void> {
  const came = await refusal
  expectThat(`${what} to be refused with HTTP 403, or with a frame of code 400`, came === 403 || (at(came, 'class') === 'string' && at(came, 'code') === 400), came)
}

const hostOf = ({ url }: World): string => new URL(url).hostname

export const connection = [
  ...section('1.1', {
    'the socket opens at /v1 with the deployment’s id alone': async ({ enter }) => void (await enter()),
    'the parameter application is accepted and not needed': async ({ enter }) => void (await enter({ query: '&application=TransportSDK-2.14.0' })),
    'an application of two parts, percent-encoded, is accepted': async ({ enter }) => void (await enter({ query: '&application=Shop-1.0%2FTransportSDK-2.14.0' })),
    'a percent-encoded deployment id is the same deployment': async ({ enter, deploymentId }) => {
      await enter({ query: `?deploymentId=${deploymentId.replaceAll('-', '%2D')}` })
    },
    'no subprotocol is chosen where none is offered': async ({ open }) => {
      const { raw } = await open()
      expectThat('no subprotocol', raw.protocol === '', raw.protocol)
    },
    'a client that offers permessage-deflate is served, compressed or not': async ({ enter, aText }) => {
      const guest = await enter({ deflate: true })
      const text = aText().repeat(40)
      expectShape('the acknowledgement', await guest.say(text), { class: 'StructuredMessage', body: { text } })
    },
    'socket, guest REST and configuration share one port': async ({ http, enter, historyOf, deploymentId }) => {
      const config = await http(`/webdeployments/v1/deployments/${deploymentId}/config.json`)
      expectThat('config.json on the port of the socket', config.status === 200, config.status)
      expectShape('the history on the port of the socket', await historyOf(await enter()), { entities: [] })
    },
  }),
  ...section('1.3', {
    'an unknown deployment is refused with 403, which clients take for never': ({ refusalOf }) =>
      expectTurnedAway('an unknown deployment', refusalOf({ deploymentId: '00000000-0000-4000-8000-00000000dead' })),
    'a socket without a deployment is refused': ({ refusalOf }) => expectTurnedAway('a socket without a deployment', refusalOf({ query: '?application=x' })),
    'an inactive deployment is refused like an unknown one': async ({ refusalOf, deploymentWith }) => {
      await expectTurnedAway('an inactive deployment', refusalOf({ deploymentId: await deploymentWith({ inactive: true }) }))
    },
    'a client without an Origin is let in': async ({ enter }) => void (await enter({ headers: {} })),
    'an Origin that is the bare host of the socket is let in': async (world) => void (await world.enter({ headers: { origin: hostOf(world) } })),
    'an Origin with scheme and port of the socket’s host is let in': async (world) => void (await world.enter({ headers: { origin: new URL(world.url).origin } })),
    'the request headers of the Java client are accepted': async (world) => {
      await world.enter({ headers: { deploymentId: world.deploymentId, 'user-agent': 'Java-http-client/17.0.9', origin: hostOf(world) } })
    },
    'the page of an allowed domain is let in, whatever its scheme and port': async ({ enter, deploymentWith }) => {
      const deploymentId = await deploymentWith({ allowedDomains: ['shop.example'] })
      await enter({ deploymentId, headers: { origin: 'https://shop.example' } })
      await enter({ deploymentId, headers: { origin: 'http://shop.example:8443' } })
    },
    'a subdomain of an allowed domain is let in': async ({ enter, deploymentWith }) => {
      await enter({ deploymentId: await deploymentWith({ allowedDomains: ['shop.example'] }), headers: { origin: 'https://www.shop.example' } })
    },
    'an allowed domain is compared without its scheme, also when Origin is bare': async ({ enter, deploymentWith }) => {
      await enter({ deploymentId: await deploymentWith({ allowedDomains: ['shop.example'] }), headers: { origin: 'shop.example' } })
    },
    'the page of another domain is refused with 403': async ({ refusalOf, deploymentWith }) => {
      const deploymentId = await deploymentWith({ allowedDomains: ['shop.example'] })
      await expectTurnedAway('another domain', refusalOf({ deploymentId, headers: { origin: 'https://other.example' } }))
    },
    'a domain that only ends in the same letters is refused': async ({ refusalOf, deploymentWith }) => {
      const deploymentId = await deploymentWith({ allowedDomains: ['shop.example'] })
      await expectTurnedAway('a look-alike', refusalOf({ deploymentId, headers: { origin: 'https://workshop.example' } }))
    },
    'an empty list of allowed domains shuts out every page': async ({ refusalOf, deploymentWith }) => {
      const deploymentId = await deploymentWith({ allowedDomains: [] })
      await expectTurnedAway('a page', refusalOf({ deploymentId, headers: { origin: 'https://shop.example' } }))
    },
  }),
  ...section('6.27', {
    'a native client, whose Origin is the socket’s own host, passes a list of page domains': async (world) => {
      const deploymentId = await world.deploymentWith({ allowedDomains: ['shop.example'] })
      await world.enter({ deploymentId, headers: { origin: hostOf(world) } })
    },
  }),
  ...section('1.4', {
    'a ping is answered by a pong with the same payload': async ({ open, within }) => {
      const { raw } = await open()
      const pong = new Promise<string>((resolve) => raw.once('pong', (data) => resolve(data.toString('utf8'))))
      raw.ping('are you there')
      const came = await within('a pong', pong)
      expectThat('the payload of the ping', came === 'are you there', came)
    },
    'a configured socket answers pings as well': async ({ enter, within }) => {
      const { raw } = await enter()
      const pong = new Promise<void>((resolve) => raw.once('pong', () => resolve()))
      raw.ping()
      await within('a pong', pong)
    },
  }),
  ...section('1.5', {
    'a close with 1000 is answered in kind': async ({ enter, within }) => {
      const guest = await enter()
      guest.leave(1000, 'The user has closed the connection.')
      const code = await within('the socket to close', guest.closed)
      expectThat('close code 1000', code === 1000, code)
    },
    'a close without a code is accepted, and the session lives on': async ({ enter, open, within }) => {
      const guest = await enter()
      guest.leave()
      await within('the socket to close', guest.closed)
      const back = await open({ token: guest.token })
      expectShape('the answer to configureSession', await back.configure(), { body: { newSession: false } })
    },
    'a connection that breaks leaves the session as it was': async ({ enter, open }) => {
      const guest = await enter()
      guest.raw.terminate()
      const back = await open({ token: guest.token })
      expectShape('the answer to configureSession', await back.configure(), { body: { newSession: false, connected: true, readOnly: false } })
    },
  }),
]
