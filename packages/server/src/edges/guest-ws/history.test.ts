import { expect, test } from 'vitest'
import { openGuestEdge, type GuestEdge, type TestGuest } from './testing/guest-edge.ts'

interface HistoryPage {
  readonly entities: readonly { readonly text?: string; readonly channel: { readonly time: string }; readonly metadata?: object; readonly events?: object }[]
  readonly pageSize: number
  readonly pageNumber: number
  readonly total: number
  readonly pageCount: number
}

async function readHistory(edge: GuestEdge, guest: TestGuest, query = ''): Promise<Response> {
  guest.send({ action: 'getJwt', token: guest.token })
  const { body } = await guest.next('JwtResponse')
  return fetch(`${edge.url}/api/v2/webmessaging/messages${query}`, { headers: { authorization: `bearer ${String(body['jwt'])}` } })
}

async function pageOf(edge: GuestEdge, guest: TestGuest, query = ''): Promise<HistoryPage> {
  return (await (await readHistory(edge, guest, query)).json()) as HistoryPage
}

const timeOf = (frame: { readonly body: Readonly<Record<string, unknown>> }): string => (frame.body['channel'] as { time: string }).time

test('each message of a session has a millisecond of its own, the same live and in the history, across conversations', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'startLinked' })
  const guest = await edge.guest()
  await guest.configure()
  const times: string[] = []
  for (const text of ['one', 'two', 'three']) times.push(timeOf(await guest.say(text)))
  const first = (await pageOf(edge, guest)).entities.map(({ channel }) => channel.time)
  await edge.close((await edge.conversationOf(guest)).id)
  const closing = timeOf(await guest.next((frame) => frame.body['type'] === 'Event'))
  for (const text of ['four', 'five']) times.push(timeOf(await guest.say(text)))
  const second = (await pageOf(edge, guest)).entities.map(({ channel }) => channel.time)

  const all = [...times.slice(0, 3), closing, ...times.slice(3)]
  expect(new Set(all).size).toBe(all.length)
  expect(all.toSorted()).toEqual(all)
  expect(first.toReversed()).toEqual(times.slice(0, 3))
  expect(second.toReversed()).toEqual(times.slice(3))
})

test('a guest who may not write any more can read, with the end of the conversation on top', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly' })
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello', { message: { type: 'Text', text: 'hello', metadata: { customMessageId: 'x' } } })
  await edge.close((await edge.conversationOf(guest)).id)
  const back = await edge.guest({ token: guest.token })
  await back.configure()

  const page = await pageOf(edge, back)

  expect(page).toMatchObject({ total: 2, pageCount: 1, pageNumber: 1, pageSize: 25 })
  expect(page.entities[0]).toMatchObject({ type: 'Event', direction: 'Outbound', events: [{ eventType: 'Presence', presence: { type: 'Disconnect' } }], metadata: { readOnly: 'true' } })
  expect(page.entities[1]).toMatchObject({ type: 'Text', text: 'hello', metadata: { customMessageId: 'x' } })
  expect(page.entities[1]).not.toHaveProperty('seq')
})

test('a page past the end is empty, and a page is never larger than a hundred', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')

  expect(await pageOf(edge, guest, '?pageNumber=9&pageSize=100')).toEqual({ entities: [], pageSize: 100, pageNumber: 9, total: 1, pageCount: 1 })
  expect(await pageOf(edge, guest, '?pageNumber=1&pageSize=5000')).toMatchObject({ pageSize: 100, total: 1 })
})

test('the history of a session without a conversation is empty, and of one that was cleared it cannot be read', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  const empty = await pageOf(edge, guest)
  guest.send({ action: 'getJwt', token: guest.token })
  const { body } = await guest.next('JwtResponse')
  guest.send({ action: 'onMessage', token: guest.token, message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } })
  await guest.next('SessionClearedEvent')

  const cleared = await fetch(`${edge.url}/api/v2/webmessaging/messages`, { headers: { authorization: `bearer ${String(body['jwt'])}` } })

  expect(empty).toEqual({ entities: [], pageSize: 25, pageNumber: 1, total: 0, pageCount: 0 })
  expect(cleared.status).toBe(401)
})

test('a history that is read without end is answered later', async () => {
  await using edge = await openGuestEdge({ limits: { requestsPerMinute: 3 } })
  const guest = await edge.guest()
  await guest.configure()
  guest.send({ action: 'getJwt', token: guest.token })
  const { body } = await guest.next('JwtResponse')
  const read = (): Promise<Response> => fetch(`${edge.url}/api/v2/webmessaging/messages`, { headers: { authorization: `bearer ${String(body['jwt'])}` } })

  const statuses = [(await read()).status, (await read()).status, (await read()).status]
  const late = await read()

  expect([...statuses, late.status]).toEqual([200, 200, 200, 429])
  expect(late.headers.get('retry-after')).toBe('20')
})

test('the published configuration says the same as the document for clients', async () => {
  await using edge = await openGuestEdge({ allowedDomains: ['shop.example'] })
  const read = async (path: string): Promise<Response> => fetch(`${edge.url}${path.replace('ID', edge.deployment.id)}`)

  const config = (await (await read('/webdeployments/v1/deployments/ID/config.json')).json()) as { messenger: { apps: { conversations: object } } }
  const published = await (await read('/api/v2/webdeployments/deployments/ID/configurations?type=messenger&expand=supportedContent')).json()
  const unknown = await read('/api/v2/webdeployments/deployments/none/configurations')

  expect(published).toMatchObject({
    configurationVersion: { version: '1', status: 'Active', messenger: { apps: { conversations: config.messenger.apps.conversations } } },
    deployment: { id: edge.deployment.id, status: 'Active', allowAllDomains: false, allowedDomains: ['shop.example'] },
  })
  expect(unknown.status).toBe(403)
})
