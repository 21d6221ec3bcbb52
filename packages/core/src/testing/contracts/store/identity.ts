import { describe, expect, test } from 'vitest'
import { identifyContact, mergeContacts } from '../../../domain/contact/contact.ts'
import type { SignIn } from '../../../domain/identity/sign-in.ts'
import { toId } from '../../../domain/ids.ts'
import { days, plus } from '../../../domain/instant.ts'
import type { PushDevice } from '../../../domain/push-device/push-device.ts'
import type { Store } from '../../../ports/store.ts'
import { aProactiveMessage, aSession } from '../../builders.ts'
import { newYear } from '../../fake-clock.ts'
import { look, opened, said, settle, write, type OpenStore } from './open-store.ts'

const identity = { issuer: 'https://id.example', subject: 'ada' }
const deploymentId = toId<'deployment'>('deployment-1')

export function identityContract(open: OpenStore): void {
  describe('proven identities', () => {
    test('lead to their contact with where it is, and to nobody in another deployment', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      await write(at.store, { kind: 'put-contact', contact: identifyContact(contact, identity, {}, newYear) })
      const person = (need: Parameters<typeof look>[1]['identity']) => look(at.store, need ? { identity: need } : {}, ({ identified }) => identified)

      expect(await person({ ...identity, deploymentId })).toMatchObject({ contact: { id: contact.id }, latestConversation: { id: conversation.id }, openSessions: [{ id: 'session-1' }] })
      expect(await person({ ...identity, deploymentId: toId('another') })).toBeUndefined()
      expect(await person({ ...identity, subject: 'bob', deploymentId })).toBeUndefined()
    })

    test('give way to an external id only where they lead nowhere', async () => {
      await using at = await opened(open)
      const [one, other] = [await settle(at.store, '1'), await settle(at.store, '2')]
      await write(at.store, { kind: 'put-contact', contact: { ...one.contact, externalId: 'ada' } })
      const who = (where = deploymentId) => look(at.store, { identity: { ...identity, deploymentId: where, orExternalId: 'ada' } }, ({ identified }) => identified?.contact.id)

      expect(await who()).toBe(one.contact.id)
      expect(await who(toId('another'))).toBeUndefined()
      await write(at.store, { kind: 'put-contact', contact: identifyContact(other.contact, identity, {}, newYear) })
      expect(await who()).toBe(other.contact.id)
    })

    test('are free again when their contact gives them up', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      await write(at.store, { kind: 'put-contact', contact: identifyContact(contact, identity, {}, newYear) })
      await write(at.store, { kind: 'put-contact', contact })

      expect(await look(at.store, { identity: { ...identity, deploymentId } }, ({ identified }) => identified)).toBeUndefined()
    })
  })

  describe('sign-ins', () => {
    test('are found by id and by every refresh token that they ever had', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-sign-in', signIn: aSignIn({ refresh: { current: 'a', successors: ['b'] } }) })
      const rotated = aSignIn({ refresh: { current: 'b', successors: ['c'] }, version: 2 })
      await write(at.store, { kind: 'put-sign-in', signIn: rotated })

      expect(await at.store.signIn(rotated.id)).toEqual(rotated)
      for (const hash of ['a', 'b', 'c']) expect(await at.store.signInByRefreshToken(hash)).toEqual(rotated)
      expect(await at.store.signInByRefreshToken('d')).toBeUndefined()
      expect(await look(at.store, { signInId: rotated.id }, ({ signIn }) => signIn)).toEqual(rotated)
    })

    test('are revoked one by one, or all of a person at once', async () => {
      await using at = await opened(open)
      for (const id of ['1', '2', '3']) await write(at.store, { kind: 'put-sign-in', signIn: aSignIn({ id: toId(id), refresh: { current: id } }) })
      await write(at.store, { kind: 'put-sign-in', signIn: aSignIn({ id: toId('bob'), identity: { ...identity, subject: 'bob' } }) })
      const known = async () => (await Promise.all(['1', '2', '3', 'bob'].map((id) => at.store.signIn(toId(id))))).flatMap((one) => one?.id ?? [])

      await write(at.store, { kind: 'delete-sign-in', id: toId('1') })
      expect(await known()).toEqual(['2', '3', 'bob'])
      expect(await at.store.signInByRefreshToken('1')).toBeUndefined()
      await write(at.store, { kind: 'delete-sign-ins', deploymentId, identity })
      expect(await known()).toEqual(['bob'])
    })

    test('and devices go with whoever is erased', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      await write(at.store, { kind: 'put-contact', contact: identifyContact(contact, identity, {}, newYear) }, { kind: 'put-sign-in', signIn: aSignIn() }, { kind: 'put-push-device', device: aDevice() })

      await write(at.store, { kind: 'erase-contact', contactId: contact.id })

      expect(await at.store.signIn(aSignIn().id)).toBeUndefined()
      expect(await at.store.pushDevices(contact.id)).toEqual([])
    })
  })

  describe('push devices', () => {
    test('are one for each browser token, found with its session and with its contact', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      await write(at.store, { kind: 'put-push-device', device: aDevice() })
      await write(at.store, { kind: 'put-push-device', device: aDevice({ language: 'de' }) })

      expect(await at.store.pushDevices(contact.id)).toEqual([aDevice({ language: 'de' })])
      expect(await look(at.store, { guestToken: { deploymentId, hash: 'token-1' }, pushDevice: true }, ({ pushDevice }) => pushDevice)).toEqual(aDevice({ language: 'de' }))
      await write(at.store, { kind: 'delete-push-device', deploymentId, tokenHash: 'token-1' })
      expect(await at.store.pushDevices(contact.id)).toEqual([])
    })

    test('are forgotten all at once', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      await write(at.store, { kind: 'put-push-device', device: aDevice() }, { kind: 'put-push-device', device: aDevice({ tokenHash: 'other' }) })

      await write(at.store, { kind: 'delete-push-devices', contactId: contact.id })

      expect(await at.store.pushDevices(contact.id)).toEqual([])
    })

    test('can be found by a token in lower case, like its session', async () => {
      await using at = await opened(open)
      await settle(at.store)
      const session = aSession({ id: toId('session-2'), tokenHash: 'hash-of-ABC', foldedTokenHash: 'hash-of-abc' })
      await write(at.store, { kind: 'put-session', session })

      expect(await at.store.sessionByToken(deploymentId, 'hash-of-abc')).toEqual(session)
      expect(await at.store.sessionByToken(deploymentId, 'hash-of-ABC')).toEqual(session)
    })
  })

  describe('merging two contacts', () => {
    test('moves threads with their logs, messages, appointments, events and answers, and leaves sessions where they are', async () => {
      await using at = await opened(open)
      const { from, into, thread } = await twoContacts(at.store)

      await write(at.store, { kind: 'merge-contacts', from: from.id, into: into.id })

      expect((await at.store.conversations({ size: 10 }, { contactId: into.id })).entities).toHaveLength(2)
      expect((await at.store.conversations({ size: 10 }, { contactId: from.id })).entities).toEqual([])
      expect(await at.store.latestConversation(from.id)).toBeUndefined()
      expect(await at.store.entries(thread.id, { limit: 10 })).toMatchObject([{ contactId: into.id, text: 'line 1', clientId: 'mine' }, { contactId: into.id, text: 'line 2' }])
      expect(await at.store.proactive(toId('proactive-1'))).toMatchObject({ contactId: into.id })
      expect((await at.store.events(0, 100, { contactId: into.id })).events.map(({ event }) => event.conversationId)).toContain(thread.id)
      expect((await at.store.claimTimers(plus(newYear, days(9)), days(1), 10)).map(({ job }) => job.contactId)).toEqual([into.id, into.id])
      expect((await at.store.session(toId('session-1')))?.contactId).toBe(from.id)
      expect(await at.store.pushDevices(into.id)).toEqual([])
      const seen = await look(at.store, { contactId: into.id, clientId: 'mine', pendingMessages: { kind: 'all' } }, (found) => found)
      expect(seen).toMatchObject({ duplicate: { text: 'line 1' }, pendingMessages: [{ id: 'proactive-1' }] })
    })

    test('keeps the log going, and what is erased afterwards includes what came over', async () => {
      await using at = await opened(open)
      const { from, into, thread } = await twoContacts(at.store)
      await write(at.store, { kind: 'merge-contacts', from: from.id, into: into.id })
      const moved = await at.store.conversation(thread.id)

      await write(at.store, ...said({ ...thread, ...moved }, 3))
      expect(await at.store.entries(thread.id, { limit: 10 })).toHaveLength(3)
      await write(at.store, { kind: 'erase-contact', contactId: into.id })

      expect(JSON.stringify(await at.store.entries(thread.id, { limit: 10 }))).not.toContain('line')
    })

    test('tells who was merged, and shows the emptied contact in no list', async () => {
      await using at = await opened(open)
      const { from, into } = await twoContacts(at.store)
      const told: unknown[] = []
      at.store.onCommitted((batch) => told.push(...batch.map(({ mergedFrom }) => mergedFrom)))
      const merged = mergeContacts(from, into, newYear)

      await write(at.store, { kind: 'merge-contacts', from: from.id, into: into.id }, { kind: 'put-contact', contact: merged.from }, { kind: 'put-contact', contact: merged.into })

      expect(told).toEqual([from.id])
      expect((await at.store.contacts({ size: 10 }, {})).entities.map(({ id }) => id)).toEqual([into.id])
      expect(await at.store.contact(from.id)).toMatchObject({ mergedInto: into.id })
    })

    test('keeps two messages apart to which both gave the same client id', async () => {
      await using at = await opened(open)
      const { from, into, thread, other } = await twoContacts(at.store)
      await write(at.store, ...said(other, 1, { clientId: 'mine', text: 'theirs' }))

      await write(at.store, { kind: 'merge-contacts', from: from.id, into: into.id })

      expect(await look(at.store, { contactId: into.id, clientId: 'mine' }, ({ duplicate }) => duplicate?.text)).toBe('theirs')
      expect((await at.store.entries(thread.id, { limit: 1 }))[0]).not.toHaveProperty('clientId')
    })
  })
}

async function twoContacts(store: Store) {
  const [one, other] = [await settle(store, '1'), await settle(store, '2')]
  const [from, into] = [one.contact, other.contact]
  await write(store, ...said(one.conversation, 1, { clientId: 'mine' }))
  await write(store, ...said({ ...one.conversation, lastSeq: 1 }, 2))
  const proactive = aProactiveMessage({ contactId: from.id, status: 'scheduled' })
  await write(
    store,
    { kind: 'put-proactive', proactive },
    { kind: 'put-timer', timer: { id: `send:${proactive.id}`, dueAt: newYear, job: { kind: 'send', contactId: from.id, proactiveId: proactive.id } } },
    { kind: 'put-timer', timer: { id: `close-idle:${one.conversation.id}`, dueAt: newYear, job: { kind: 'close-idle', contactId: from.id, conversationId: one.conversation.id } } },
    { kind: 'put-push-device', device: aDevice() },
  )
  return { from, into, thread: one.conversation, other: other.conversation }
}

function aSignIn(given: Partial<SignIn> = {}): SignIn {
  return { id: toId('sign-in-1'), deploymentId, identity, claims: {}, createdAt: newYear, expiresAt: plus(newYear, days(30)), version: 1, ...given }
}

function aDevice(given: Partial<PushDevice> = {}): PushDevice {
  return {
    deploymentId, tokenHash: 'token-1', contactId: toId('contact-1'), deviceToken: 'fcm-1', notificationProvider: 'FCM', deviceType: 'android', language: 'en',
    createdAt: newYear, updatedAt: newYear, ...given,
  }
}
