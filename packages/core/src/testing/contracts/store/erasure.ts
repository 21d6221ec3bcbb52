import { describe, expect, test } from 'vitest'
import { eraseContact } from '../../../domain/contact/contact.ts'
import { closed } from '../../../domain/conversation/append-entry.ts'
import type { Conversation } from '../../../domain/conversation/conversation.ts'
import { toId } from '../../../domain/ids.ts'
import { days, plus } from '../../../domain/instant.ts'
import type { Change, Store } from '../../../ports/store.ts'
import { anAttachment, aContact, aConversation, aDeployment, aProactiveMessage } from '../../builders.ts'
import { newYear } from '../../fake-clock.ts'
import { line, moment, opened, said, settle, write, type OpenStore } from './open-store.ts'

/** A word that is written in every place that holds words. */
const word = 'verdigris'

export function erasureContract(open: OpenStore): void {
  describe('erasing a contact', () => {
    test('leaves none of their words anywhere, nor those said to them or about them', async () => {
      await using at = await opened(open)
      const contact = await fillWithWords(at.store)
      expect(await everythingOf(at.store)).toContain(word)

      await write(at.store, { kind: 'erase-contact', contactId: contact.id }, { kind: 'put-contact', contact: eraseContact(contact, newYear) })

      expect(await everythingOf(at.store)).not.toContain(word)
      expect((await at.store.conversations({ size: 10 }, { text: word })).entities).toEqual([])
      expect((await at.store.contacts({ size: 10 }, { text: word })).entities).toEqual([])
    })

    test('leaves every id and every place in the order as it was', async () => {
      await using at = await opened(open)
      const contact = await fillWithWords(at.store)
      const places = async () => ({
        log: (await at.store.entries(toId('conversation-1'), { limit: 100 })).map(({ id, seq, at: moment, kind }) => ({ id, seq, moment, kind })),
        feed: (await at.store.events(0, 100, {})).events.map(({ event: { position, type, contactId, conversationId, entrySeq } }) => ({ position, type, contactId, conversationId, entrySeq })),
        message: (await at.store.proactive(toId('proactive-1')))?.id,
        conversation: (await at.store.conversation(toId('conversation-1')))?.lastSeq,
      })
      const before = await places()

      await write(at.store, { kind: 'erase-contact', contactId: contact.id }, { kind: 'put-contact', contact: eraseContact(contact, newYear) })

      expect(await places()).toEqual(before)
    })

    test('also takes what was written in the same decision before it', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)

      await write(at.store, ...said(conversation, 1, { text: word }), { kind: 'erase-contact', contactId: contact.id })

      expect(await everythingOf(at.store)).not.toContain(word)
    })

    test('does not touch anybody else', async () => {
      await using at = await opened(open)
      const contact = await fillWithWords(at.store)
      const other = await settle(at.store, '2')
      await write(at.store, ...said(other.conversation, 1, { clientId: 'c2' }), { kind: 'put-answer', answer: { key: 'other', fingerprint: 'f', value: { id: other.contact.id }, expiresAt: plus(newYear, days(1)) } })
      const before = await at.store.events(0, 100, { contactId: other.contact.id })

      await write(at.store, { kind: 'erase-contact', contactId: contact.id })

      expect(await at.store.entries(other.conversation.id, { limit: 10 })).toEqual([line(other.conversation, 1, { clientId: 'c2' })])
      expect(await at.store.events(0, 100, { contactId: other.contact.id })).toEqual(before)
      expect(await at.store.contact(other.contact.id)).toEqual(other.contact)
      expect(await at.store.answer('other')).toMatchObject({ value: { id: other.contact.id } })
    })
  })
}

async function fillWithWords(store: Store) {
  const { conversation } = await settle(store)
  const contact = aContact({ name: word, email: `${word}@example.org`, externalId: word, phone: word, locale: word, timeZone: word, attributes: { [word]: word } })
  await write(store, { kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact })
  const by = { kind: 'agent', id: word, name: word } as const
  const thread: Conversation = closed({ ...conversation, participants: [{ id: toId('p'), purpose: 'agent', externalId: word, name: word, joinedAt: newYear }] }, { at: newYear, by, reason: word })
  const message = { text: word, content: [word], metadata: { [word]: word }, clientId: word, by }
  const { text: _text, kind: _kind, ...rest } = line(thread, 2)
  await write(store, ...said(thread, 1, message), { kind: 'append-entry', entry: { ...rest, kind: 'event', event: 'closed', reason: word, by } })
  await write(store, { kind: 'put-conversation', conversation: { ...thread, lastSeq: 2, lastText: word, version: 3 } })
  await write(store, ...records(by))
  // The same need as a command about this contact has: the answer to it is theirs.
  await store.transact({ need: { contactId: contact.id }, decide: () => ({ result: null, changes: [answer('about', { text: word })] }) })
  await write(store, answer('created', { id: contact.id, name: word }))
  return contact
}

function records(by: { readonly kind: 'agent'; readonly id: string; readonly name: string }): readonly Change[] {
  const contactId = toId<'contact'>('contact-1')
  return [
    {
      kind: 'put-proactive',
      proactive: aProactiveMessage({
        contactId, from: by, saying: { text: word, content: [word], metadata: { [word]: word } }, policy: { supersedeKey: word }, status: 'cancelled', statusReason: word,
        timeline: [{ at: newYear, what: 'cancel', detail: word }],
      }),
    },
    { kind: 'put-attachment', attachment: anAttachment({ contactId, fileName: `${word}.png` }) },
    { kind: 'append-event', event: { type: 'proactive.cancelled', at: moment(9), contactId, data: { reason: word } } },
  ]
}

function answer(key: string, value: unknown): Change {
  return { kind: 'put-answer', answer: { key, fingerprint: 'f', value, expiresAt: plus(newYear, days(1)) } }
}

/** All that any reader can get to see, as one text. */
async function everythingOf(store: Store): Promise<string> {
  const everything = await Promise.all([
    store.contacts({ size: 100 }, {}),
    store.contact(toId('contact-1')),
    store.conversations({ size: 100 }, {}),
    store.entries(toId('conversation-1'), { limit: 100 }),
    store.guestHistory(toId('conversation-1'), { afterSeq: 0, offset: 0, limit: 100 }),
    store.message(line(aConversation(), 1).id),
    store.proactives({ size: 100 }, {}),
    store.proactive(toId('proactive-1')),
    store.attachment(toId('attachment-1')),
    store.events(0, 100, {}),
    store.answer('about'),
    store.answer('created'),
    store.contactByExternalId(word),
    store.transact({ need: { contactId: toId('contact-1'), clientId: word, conversationId: toId('conversation-1') }, decide: (found) => ({ result: found, changes: [] }) }),
  ])
  return JSON.stringify(everything)
}
