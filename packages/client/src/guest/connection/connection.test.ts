import { expect, test } from 'vitest'
import { guestStage, textsOf } from '../testing/guest-stage.ts'

test('a guest who connects is live and has the last entries', async () => {
  const { server, time, guest } = guestStage()
  server.say('Good morning')

  guest.connect()
  await time.pass(1)

  expect(guest.state()).toMatchObject({ phase: 'live', caughtUp: true, unread: 1 })
  expect(textsOf(guest)).toEqual(['Good morning'])
})

test('a guest who has never been here gets a token of its own, and keeps it', async () => {
  const { server, time, guest, anotherTab } = guestStage()

  guest.connect()
  await time.pass(1)
  anotherTab().connect()
  await time.pass(1)

  const [first, second] = server.requestsOf('configureSession').map((request) => request['token'])
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect(second).toBe(first)
})

test('a lost connection is taken up again by itself, from where it stood', async () => {
  const { server, time, guest } = guestStage()
  server.say('one')
  guest.connect()
  await time.pass(1)

  server.cut()
  await time.pass(0)
  expect(guest.state().phase).toBe('waiting')
  server.say('two')
  await time.pass(2000)

  expect(guest.state()).toMatchObject({ phase: 'live', caughtUp: true })
  expect(textsOf(guest)).toEqual(['one', 'two'])
  expect(server.requestsOf('configureSession').at(-1)?.['beckon']).toEqual({
    version: 1,
    resume: { conversationId: 'conversation-0', seq: 1, epoch: 'e1' },
  })
})

test('pauses between attempts grow, within bounds, and start anew after a good connection', async () => {
  const { server, time, guest } = guestStage({}, () => 1 - Number.EPSILON)
  server.rules.isUp = false
  const pauses: number[] = []
  guest.subscribe(({ phase, retryAt }) => {
    if (phase === 'waiting' && retryAt !== undefined) pauses.push(retryAt - time.now())
  })

  guest.connect()
  await time.pass(130_000)
  server.rules.isUp = true
  await time.pass(60_000)
  server.cut()
  await time.pass(0)

  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 1000])
})

test('guests of one server come back at different moments', async () => {
  const early = guestStage({}, () => 0)
  const late = guestStage({}, () => 0.9)
  for (const { server, time, guest } of [early, late]) {
    guest.connect()
    await time.pass(1)
    server.cut()
    await time.pass(0)
  }

  const [first, second] = [early, late].map(({ time, guest }) => (guest.state().retryAt ?? 0) - time.now())
  expect(first).toBe(100)
  expect(second).toBe(910)
})

test('a refused upgrade is final and says why', async () => {
  const { server, time, guest } = guestStage()
  server.rules.refuseUpgrade = 403

  guest.connect()
  await time.pass(600_000)

  expect(guest.state()).toMatchObject({ phase: 'failed', failure: { code: 403 } })
  expect(guest.state().failure?.detail).toContain('deployment id')
})

test('any other refusal is tried again', async () => {
  const { server, time, guest } = guestStage()
  server.rules.refuseUpgrade = 503

  guest.connect()
  await time.pass(5000)
  server.rules.refuseUpgrade = undefined
  await time.pass(30_000)

  expect(guest.state().phase).toBe('live')
})

test('a deployment that the server does not know ends in a failure', async () => {
  const { server, time, guest } = guestStage()
  server.rules.intercept = ({ tracingId }) => ({ class: 'string', code: 400, body: 'Deployment not found', tracingId })

  guest.connect()
  await time.pass(1)

  expect(guest.state()).toMatchObject({ phase: 'failed', failure: { code: 400, detail: 'Deployment not found' } })
})

test('an expired session is renewed on the same socket, and the thread stays', async () => {
  const { server, time, guest } = guestStage()
  server.say('before')
  guest.connect()
  await time.pass(1)

  server.push('SessionExpiredEvent', {})
  await time.pass(1)
  server.say('after')
  await time.pass(1)

  expect(guest.state().phase).toBe('live')
  expect(server.connections()).toBe(1)
  expect(server.requestsOf('configureSession')).toHaveLength(2)
  expect(textsOf(guest)).toEqual(['before', 'after'])
})

test('a session about to expire is announced', async () => {
  const { server, time, guest } = guestStage()
  const announced: number[] = []
  const tenOClock = time.now()
  guest.on('expiring', ({ expiresAt }) => announced.push(expiresAt))
  guest.connect()
  await time.pass(1)

  server.push('SessionExpiring', { expiresAt: '2026-03-04T10:05:00.000Z' })
  await time.pass(1)

  expect(announced).toEqual([tenOClock + 5 * 60_000])
})

test('a silent socket is asked whether it lives, and given up when it does not answer', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  await time.pass(45_000)
  expect(server.requestsOf('echo')).toHaveLength(1)
  expect(guest.state().phase).toBe('live')
  server.rules.copies = () => 0
  await time.pass(60_000)
  server.rules.copies = () => 1
  await time.pass(60_000)

  expect(guest.state().phase).toBe('live')
  expect(server.requestsOf('configureSession').length).toBeGreaterThan(1)
})

test('an attempt that hangs is given up after fifteen seconds', async () => {
  const { server, time, guest } = guestStage()
  server.rules.copies = () => 0

  guest.connect()
  await time.pass(14_000)
  expect(guest.state().phase).toBe('configuring')
  await time.pass(1000)

  expect(guest.state().phase).toBe('waiting')
})

test('a guest who comes back to the page does not wait for the next attempt', async () => {
  const { server, time, guest } = guestStage()
  server.rules.isUp = false
  guest.connect()
  await time.pass(60_000)
  server.rules.isUp = true

  guest.wake()
  await time.pass(0)

  expect(guest.state().phase).toBe('live')
})

test('the oldest of too many tabs gives way, and takes its place back when it is used again', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  server.push('ConnectionClosedEvent', {})
  await time.pass(60_000)
  expect(guest.state()).toMatchObject({ phase: 'closed', closeReason: 'replaced' })
  guest.wake()
  await time.pass(1)

  expect(guest.state().phase).toBe('live')
})

test('a disconnected guest stays away until asked', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  guest.disconnect()
  await time.pass(600_000)
  guest.wake()
  await time.pass(1)

  expect(guest.state()).toMatchObject({ phase: 'closed', closeReason: 'disconnected' })
  expect(server.connections()).toBe(0)
})

test('a cleared conversation leaves nothing behind, not even the token', async () => {
  const { server, time, guest } = guestStage()
  server.say('secret')
  guest.connect()
  await time.pass(1)

  server.push('SessionClearedEvent', {})
  server.push('ConnectionClosedEvent', {})
  await time.pass(1)
  expect(guest.state()).toMatchObject({ phase: 'closed', closeReason: 'cleared', threads: [] })
  guest.connect()
  await time.pass(1)

  const tokens = server.requestsOf('configureSession').map((request) => request['token'])
  expect(new Set(tokens).size).toBe(2)
})
