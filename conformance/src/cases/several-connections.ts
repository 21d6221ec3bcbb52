import { section } from '../run/case.ts'
import { emptyOrAbsent, expectShape, expectThat } from '../run/expect.ts'
import { isClass, saysText, type World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'

async function connections({ enter }: World, count: number): Promise<readonly Guest[]> {
  const first = await enter()
  const guests = [first]
  while (guests.length < count) guests.push(await enter({ token: first.token }))
  return guests
}

const closedEvent = isClass('ConnectionClosedEvent')

export const severalConnections = [
  ...section('4.8', {
    'three connections with one token all hear a message': async (world) => {
      const guests = await connections(world, 3)
      const text = world.aText()
      await guests[2]?.say(text)
      await Promise.all(guests.map((guest) => guest.until('the message', saysText(text))))
    },
    'a fourth is let in, and the oldest gets ConnectionClosedEvent with an empty body': async (world) => {
      const [oldest] = await connections(world, 4)
      const told = await oldest?.until('ConnectionClosedEvent', closedEvent)
      expectShape('the event', told, { type: 'message', code: 200, body: emptyOrAbsent })
    },
    'the younger three live on': async (world) => {
      const guests = await connections(world, 4)
      await guests[0]?.until('ConnectionClosedEvent', closedEvent)
      const text = world.aText()
      await guests[3]?.say(text)
      await Promise.all(guests.slice(1).map((guest) => guest.until('the message', saysText(text))))
      expectThat('no ConnectionClosedEvent to the younger three', !guests.slice(1).some((guest) => guest.frames.some(closedEvent)), guests.map((guest) => guest.frames.length))
    },
    'one that closes makes room for another': async (world) => {
      const guests = await connections(world, 3)
      guests[1]?.leave(1000)
      await guests[1]?.closed
      const next = await world.enter({ token: guests[0]?.token ?? '' })
      await next.say(world.aText())
      await guests[0]?.settled()
      expectThat('nobody closed', guests[0]?.frames.some(closedEvent) === false, guests[0]?.frames)
    },
    'configuring an old connection again takes no second place': async (world) => {
      const guests = await connections(world, 3)
      await guests[2]?.configure()
      await guests[0]?.settled()
      expectThat('nobody closed', !guests.some((guest) => guest.frames.some(closedEvent)), guests.map((guest) => guest.frames.length))
    },
    'other guests hear nothing of it': async ({ enter, aText }) => {
      const [one, stranger] = [await enter(), await enter()]
      const text = aText()
      await one.say(text)
      await stranger.settled()
      expectThat('nothing at the stranger’s', !stranger.frames.some(saysText(text)), stranger.frames)
    },
  }),
  ...section('6.18', {
    'a connection that was told to close and does not is closed with a code': async (world) => {
      const [oldest] = await connections(world, 4)
      await oldest?.until('ConnectionClosedEvent', closedEvent)
      const code = await world.within('the server to close the socket', oldest?.closed ?? Promise.resolve(0))
      expectThat('close code 1000', code === 1000, code)
    },
  }),
]
