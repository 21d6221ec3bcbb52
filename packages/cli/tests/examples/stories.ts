import { expect } from 'vitest'
import { changeDeployment, type StartedServer } from './started-server.ts'
import { aVisitor, closeTab, linesOnReturn, question, type Visitor } from './visitor.ts'

export type StoryName = 's0-follow-up' | 's1-desk-notice' | 's2-welcome-back' | 's3-parcel-update' | 's4-end-chat'

/** What a story's programs do, in whatever language. */
export interface Story {
  readonly name: StoryName
  /** As a sentence about a program. */
  readonly tells: string
  readonly stage: (server: StartedServer) => Promise<Staged>
  /** Line by line. A program of the SDK sees no status of what went well. */
  readonly prints: (visitor: Visitor) => readonly string[]
  /** Where the SDK's way is another one. */
  readonly printsWithSdk?: readonly string[]
}

export interface Staged {
  readonly visitor: Visitor
  /** Ids that the business has kept. */
  readonly env: Readonly<Record<string, string>>
  /** Looks at the server when the program has ended. */
  readonly verify: () => Promise<void>
}

const waiting = '  live: waiting'
const appended = ['202 appended, sent', waiting]
/** What the token may do is the one thing to look at next. */
const needs = (scope: string): readonly string[] => ['403 insufficient_scope', `  needs ${scope}`, '  try GET /api/v2/tokens/me']
const reopened = ['202 reopened, sent', waiting]

const followUp: Story = {
  name: 's0-follow-up',
  tells: 'follows a closed chat up, once, though asked twice',
  async stage(server) {
    const visitor = await aVisitorOfLastWeek(server)
    const { participants } = await server.beckon.getConversation(visitor.conversationId)
    const participantId = participants.find(({ purpose }) => purpose === 'customer')?.id ?? ''
    return {
      visitor,
      env: { CONVERSATION_ID: visitor.conversationId, PARTICIPANT_ID: participantId },
      verify: () => becomes(server, visitor, ['closed', 'reopened', 'Did you need anything else?']),
    }
  },
  prints: () => [...reopened, ...needs('messaging:conversation:write'), ...reopened, 'the same message, not a second one'],
}

const deskNotice: Story = {
  name: 's1-desk-notice',
  tells: 'adds a word to a closed chat, and opens it by the call that a refusal offers',
  async stage(server) {
    const visitor = await aVisitorOfLastWeek(server)
    return {
      visitor,
      env: { CONVERSATION_ID: visitor.conversationId, AGENT_ID: 'desk-12', AGENT_NAME: 'Mira' },
      verify: async () => {
        await becomes(server, visitor, ['closed', 'reopened', 'Your replacement has been posted.', 'closed', 'reopened'])
        const { entities } = await server.beckon.listMessages(visitor.conversationId)
        expect(entities.find(({ text }) => text === 'Your replacement has been posted.')).toMatchObject({ from: { id: 'desk-12', name: 'Mira' } })
      },
    }
  },
  prints: ({ conversationId }) => [
    ...reopened,
    '200 closed',
    '409 conversation_closed',
    `  try PATCH /api/v2/conversations/messaging/${conversationId}`,
    '200 open',
    '200 open',
    '200 customer',
  ],
}

const welcomeBack: Story = {
  name: 's2-welcome-back',
  tells: 'greets by a session id that expired, and by one that is milliseconds old',
  async stage(server) {
    const visitor = await aVisitorWhoseSessionExpired(server)
    const email = `${visitor.contactId}@example.com`
    return {
      visitor,
      env: { SESSION_ID: visitor.sessionId, GUEST_NAME: 'Ada', GUEST_EMAIL: email },
      verify: async () => {
        await becomes(server, visitor, ['closed', 'reopened', 'Welcome back!'])
        const { entities: newcomers } = await server.beckon.listContacts({ email })
        expect(newcomers).toMatchObject([{ name: 'Ada' }])
        const { entities: greeted } = await server.beckon.listConversations({ contactId: newcomers[0]?.id ?? '' })
        expect(await linesOf(server, greeted[0]?.id ?? '')).toEqual(['started', 'Welcome back!'])
      },
    }
  },
  prints: () => [
    '200 expired expired',
    ...needs('messaging:contact:write'),
    ...reopened,
    '201 active',
    '202 started, sent',
    waiting,
  ],
}

const parcelUpdate: Story = {
  name: 's3-parcel-update',
  tells: 'writes into the open chat of somebody who closed the tab, and is told of a missing scope as such',
  async stage(server) {
    const visitor = await aVisitor(server)
    await closeTab(server, visitor)
    const { contactId, conversationId, sessionId } = visitor
    return {
      visitor,
      env: { CONTACT_ID: contactId, CONVERSATION_ID: conversationId, SESSION_ID: sessionId, SENDER_ID: 'parcel-job' },
      verify: async () => {
        await becomes(server, visitor, ['Your parcel is on its way.', 'It will be there before noon.'])
        expect((await server.beckon.listConversations({ contactId })).entities).toHaveLength(1)
      },
    }
  },
  prints: () => [
    '200 webchat:write conversations:read',
    '200 open, 0 tabs',
    ...appended,
    ...needs('messaging:contact:write'),
    ...appended,
  ],
  printsWithSdk: [
    'messaging:conversation:write conversations:read',
    'open, 0 tabs',
    ...withoutStatus(appended),
    ...needs('messaging:contact:write'),
    ...withoutStatus(appended),
  ],
}

const endChat: Story = {
  name: 's4-end-chat',
  tells: "ends a guest's chat before their eyes, with the one scope that it was told of",
  async stage(server) {
    const visitor = await aVisitor(server)
    return {
      visitor,
      env: { CONVERSATION_ID: visitor.conversationId },
      verify: async () => {
        expect(await linesOf(server, visitor.conversationId)).toEqual(['started', question, 'closed'])
        await visitor.guest.until(({ conversation }) => conversation?.status === 'closed')
        visitor.guest.disconnect()
      },
    }
  },
  prints: () => [...needs('webmessaging:write'), '204', '204'],
  printsWithSdk: [...needs('webmessaging:write'), 'closed', 'closed'],
}

export const stories: readonly Story[] = [followUp, deskNotice, welcomeBack, parcelUpdate, endChat]

export function withoutStatus(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/^2\d\d /, ''))
}

/** The agent closed the chat, and the guest is gone. */
async function aVisitorOfLastWeek(server: StartedServer): Promise<Visitor> {
  const visitor = await aVisitor(server)
  await server.beckon.closeConversation(visitor.conversationId, { reason: 'solved' })
  await closeTab(server, visitor)
  return visitor
}

/** Sessions live a second for as long as this takes; an expiry that is set stays. */
async function aVisitorWhoseSessionExpired(server: StartedServer): Promise<Visitor> {
  const { sessionDuration } = await changeDeployment(server, { sessionDuration: 'PT1S' })
  const { guest, ...ids } = await aVisitorOfLastWeek(server)
  // On a slow machine it may have run out and been renewed in between.
  const sessionId = guest.state().session?.sessionId ?? ''
  await changeDeployment(server, { sessionDuration })
  await expect.poll(async () => (await server.beckon.getSession(sessionId)).state).toBe('expired')
  return { guest, ...ids, sessionId }
}

/** The conversation says so in the log, is open, and shows the same to the guest who comes back. */
async function becomes({ beckon, ...server }: StartedServer, visitor: Visitor, afterQuestion: readonly string[]): Promise<void> {
  const lines = ['started', question, ...afterQuestion]
  expect(await linesOf({ beckon, ...server }, visitor.conversationId)).toEqual(lines)
  expect(await beckon.getConversation(visitor.conversationId)).toMatchObject({ status: 'open' })
  expect(await linesOnReturn(visitor)).toEqual(lines)
}

async function linesOf({ beckon }: StartedServer, conversationId: string): Promise<readonly (string | undefined)[]> {
  const { entities } = await beckon.listMessages(conversationId)
  return entities.map((entry) => entry.event ?? entry.text)
}
