import { randomUUID } from 'node:crypto'
import { connect } from '@nats-io/transport-node'
import { expect, test } from 'vitest'
import { aBackend } from './rig/backend.ts'
import { credentials, deploymentId } from './rig/environment.ts'
import { configure, openGuestSocket, say } from './rig/guest-socket.ts'
import { anInstallation } from './rig/nodes/some-nodes.ts'

interface Said {
  readonly subject: string
  readonly text: string
}

/** Somebody else on the same NATS, who hears everything and may say anything. */
async function anEavesdropper(url: string) {
  const connection = await connect({ servers: url })
  const said: Said[] = []
  connection.subscribe('>', { callback: (_, message) => void said.push({ subject: message.subject, text: message.string() }) })
  await connection.flush()
  return {
    said,
    async say({ subject, text }: Said): Promise<void> {
      connection.publish(subject, text)
      await connection.flush()
    },
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

test('whoever else is on the bus cannot put words onto a guest’s page, end their session, or keep a message from them', { timeout: 60_000 }, async () => {
  await using installation = await anInstallation({ withNats: true })
  const url = installation.nats?.url ?? ''
  await using eavesdropper = await anEavesdropper(url)
  const [a, b] = [await installation.start('web'), await installation.start('all')]
  const backend = await aBackend(b.url, credentials)
  const token = randomUUID()
  using socket = await openGuestSocket(a.url, deploymentId)
  await configure(socket, deploymentId, token)
  const { body } = await say(socket, token, 'Hello', randomUUID())
  const path = `/api/v2/conversations/messaging/${(body as { conversationId: string }).conversationId}`
  const send = (text: string): Promise<unknown> => backend.ask('POST', `${path}/messages`, { text })
  // Until one node has heard of the socket on the other, it says no more than that there is something to read.
  await expect.poll(async () => {
    await send('We are here')
    return eavesdropper.said.some(({ text }) => text.includes('We are here'))
  }).toBe(true)
  await socket.until((frame) => frame.body['text'] === 'We are here')

  const true_ = eavesdropper.said.find(({ text }) => text.includes('We are here')) ?? { subject: '', text: '' }
  for (const forged of forgeries(true_.text)) await eavesdropper.say({ subject: true_.subject, text: forged })
  await send('Really')
  await socket.until((frame) => frame.body['text'] === 'Really')

  expect(JSON.stringify(socket.frames)).not.toContain('Pay here')
  expect(socket.frames.map(({ class: kind }) => kind)).not.toContain('SessionExpiredEvent')
  expect(await (await fetch(`${a.url}/metrics`)).text()).toMatch(/beckon_wire_heard_total\{outcome="forged"\} [1-9]/)
})

/** What was said with the next places in the log and in the feed, and with other words; as it stands, and without what stands before it. */
function forgeries(heard: string): readonly string[] {
  const next = heard
    .replaceAll(/"(seq|position|n|version)":(\d+)/g, (_, name: string, number: string) => `"${name}":${String(Number(number) + 1)}`)
    .replaceAll('We are here', 'Pay here')
  return [next, next.slice(next.indexOf('{'))]
}
