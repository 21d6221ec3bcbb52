import { section } from '../run/case.ts'
import { aText, expectShape, expectThat } from '../run/expect.ts'
import type { World } from '../run/world.ts'

const tokens = '/api/v2/webdeployments/token'
const json = { 'content-type': 'application/json' }

const expectNo = (what: string, status: number): void => expectThat(`${what} to be refused, and not for want of the address`, status >= 400 && status < 500 && status !== 404 && status !== 405, status)

async function exchange({ http, deploymentId }: World, oauth: object): Promise<number> {
  return (await http(`${tokens}/oauthcodegrantjwtexchange`, { method: 'POST', headers: json, body: JSON.stringify({ deploymentId, oauth }) })).status
}

export const signedIn = section('4.9', {
  'a key that nobody issued is refused with 401 at configuring, and the socket stays': async ({ open, deploymentId }) => {
    const guest = await open()
    const answer = await guest.ask({ action: 'configureAuthenticatedSession', deploymentId, data: { code: 'not.a.key' } })
    expectShape('the answer', answer, { type: 'response', class: 'string', code: 401, body: aText })
    expectShape('the next answer', await guest.configure(), { class: 'SessionResponse' })
  },
  'a guest who fails to step up stays the guest they were': async ({ enter, deploymentId }) => {
    const guest = await enter()
    await guest.ask({ action: 'configureAuthenticatedSession', deploymentId, data: { code: 'not.a.key' } })
    expectShape('the acknowledgement', await guest.say('still me'), { class: 'StructuredMessage' })
  },
  'a code that no provider gave is exchanged for nothing': async (world) => {
    expectNo('a made-up code', await exchange(world, { code: 'made-up', redirectUri: 'https://shop.example/back', codeVerifier: 'v'.repeat(43) }))
  },
  'a made-up id token of the implicit flow is exchanged for nothing': async (world) => {
    expectNo('a made-up id token', await exchange(world, { idToken: 'not.a.token', nonce: 'n' }))
  },
  'a refresh token that nobody issued refreshes nothing': async ({ http }) => {
    const { status } = await http(`${tokens}/refresh`, { method: 'POST', headers: json, body: JSON.stringify({ refreshToken: 'made-up' }) })
    expectNo('a made-up refresh token', status)
  },
  'signing out with a key that nobody issued is 401': async ({ http }) => {
    const { status } = await http(`${tokens}/revoke`, { method: 'DELETE', headers: { authorization: 'bearer not.a.key' } })
    expectThat('401', status === 401, status)
  },
})
