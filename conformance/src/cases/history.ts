import { section } from '../run/case.ts'
import { aCount, aWholeNumber, expectEqual, expectShape, expectThat } from '../run/expect.ts'
import { tellsPresence, type World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { at, listAt, textAt, type Json } from '../wire/json.ts'

const path = '/api/v2/webmessaging/messages'

/** A guest who has written these, and their acknowledgements. */
async function written({ enter }: World, texts: readonly string[]): Promise<{ readonly guest: Guest; readonly acks: readonly Json[] }> {
  const guest = await enter()
  const acks: Json[] = []
  for (const text of texts) acks.push(await guest.say(text))
  return { guest, acks }
}

const textsOf = (page: Json): readonly string[] => listAt(page, 'entities').map((entity) => textAt(entity, 'text')).filter((text) => text !== '')
const idsOf = (page: Json): readonly string[] => listAt(page, 'entities').map((entity) => textAt(entity, 'id'))

export const history = section('4.10', {
  'a page says its size, its number, how many there are and how many pages': async (world) => {
    const { guest } = await written(world, ['one'])
    const page = await world.historyOf(guest)
    expectShape('the page', page, { pageSize: 25, pageNumber: 1, total: aCount, pageCount: aCount })
    expectEqual('the total', at(page, 'total'), listAt(page, 'entities').length)
  },
  'the newest message comes first': async (world) => {
    const { guest } = await written(world, ['one', 'two', 'three'])
    expectEqual('the texts', textsOf(await world.historyOf(guest)), ['three', 'two', 'one'])
  },
  'each message has the id and the moment it had live': async (world) => {
    const { guest, acks } = await written(world, ['one', 'two'])
    const [two, one] = listAt(await world.historyOf(guest), 'entities').filter((entity) => textAt(entity, 'text') !== '')
    for (const field of ['id', 'channel.time', 'direction', 'type']) expectEqual(field, [at(one, field), at(two, field)], acks.map((ack) => at(ack, `body.${field}`)))
  },
  'entities are messages as they are, not wrapped in frames': async (world) => {
    const { guest } = await written(world, ['one'])
    const [entity] = listAt(await world.historyOf(guest), 'entities')
    expectThat('no class and no body', at(entity, 'class') === undefined && at(entity, 'body') === undefined, entity)
  },
  'what the business sent is there as well': async ({ conversing, backend, aText, historyOf }) => {
    const { guest, conversationId } = await conversing()
    const text = aText()
    await backend().send(conversationId, { text, from: 'Mira' })
    const live = await guest.until('the message', (frame) => at(frame, 'body.text') === text)
    const kept = listAt(await historyOf(guest), 'entities').find((entity) => textAt(entity, 'text') === text)
    expectShape('the message in history', kept, { id: at(live, 'body.id'), direction: 'Outbound', channel: { time: at(live, 'body.channel.time'), from: { nickname: 'Mira' } } })
  },
  'a guest’s Join is there': async ({ enter, historyOf }) => {
    const guest = await enter()
    await guest.ask({ action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Join' } }] } })
    const page = await historyOf(guest)
    expectThat('the Join in history', listAt(page, 'entities').some((entity) => tellsPresence('Join')({ body: entity })), page)
  },
  'pages hold everything once': async (world) => {
    const { guest } = await written(world, ['1', '2', '3', '4', '5'])
    const first = await world.historyOf(guest, 'pageNumber=1&pageSize=2')
    const pages = [first]
    for (let number = 2; number <= Number(at(first, 'pageCount')); number += 1) pages.push(await world.historyOf(guest, `pageNumber=${number}&pageSize=2`))
    expectEqual('the texts of all pages', pages.flatMap(textsOf), ['5', '4', '3', '2', '1'])
    expectEqual('how many there are', new Set(pages.flatMap(idsOf)).size, at(first, 'total'))
    expectThat('no page with more than two', pages.every((page) => listAt(page, 'entities').length <= 2), pages)
  },
  'a page past the end is an empty list, not an error': async (world) => {
    const { guest } = await written(world, ['one'])
    const page = await world.historyOf(guest, 'pageNumber=40&pageSize=25')
    expectThat('an empty list', listAt(page, 'entities').length === 0 && Array.isArray(at(page, 'entities')), page)
    expectShape('the page', page, { pageNumber: 40, total: aWholeNumber })
  },
  'a page of a hundred is served': async (world) => {
    const { guest } = await written(world, ['one'])
    expectShape('the page', await world.historyOf(guest, 'pageNumber=1&pageSize=100'), { pageSize: 100 })
  },
  'pageNumber and pageSize may be left out: the first twenty-five': async (world) => {
    const { guest } = await written(world, ['one'])
    expectShape('the page', await world.historyOf(guest, ''), { pageNumber: 1, pageSize: 25 })
  },
  'a session without messages has an empty history': async ({ enter, historyOf }) => {
    expectShape('the page', await historyOf(await enter()), { entities: [], total: 0, pageNumber: 1 })
  },
  'the key opens this guest’s history and no other': async ({ enter, historyOf, aText }) => {
    const [one, other] = [await enter(), await enter()]
    const text = aText()
    await one.say(text)
    expectThat('nothing of the other guest', !textsOf(await historyOf(other)).includes(text), text)
  },
  'Bearer may be written either way': async ({ enter, http, jwtOf }) => {
    const jwt = await jwtOf(await enter())
    for (const scheme of ['bearer', 'Bearer']) {
      const { status } = await http(path, { headers: { authorization: `${scheme} ${jwt}` } })
      expectEqual(`the status with ${scheme}`, status, 200)
    }
  },
  'a bare Origin on the request does no harm': async ({ enter, http, jwtOf }) => {
    const { status } = await http(path, { headers: { authorization: `bearer ${await jwtOf(await enter())}`, origin: 'shop.example' } })
    expectEqual('the status', status, 200)
  },
  'a key that is none is refused with 401': async ({ http }) => {
    expectEqual('the status', (await http(path, { headers: { authorization: 'bearer not.a.key' } })).status, 401)
  },
  'no key at all is refused with 401': async ({ http }) => {
    expectEqual('the status', (await http(path)).status, 401)
  },
})
