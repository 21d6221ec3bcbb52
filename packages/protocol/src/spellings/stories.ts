import type { OperationId } from '../operations.ts'
import type { OperationExample } from '../rest/operation.ts'
import { id } from '../rest/sample.ts'
import type { StoryId } from './spelling.ts'
import type { SpellingId } from './spellings.ts'

/** What somebody set out to do, and every call they tried for it. */
export interface Story {
  readonly id: StoryId
  readonly title: string
  /** What they meet elsewhere, and what becomes of it here. */
  readonly outcome: string
  /** In the order in which they are tried. */
  readonly rows: readonly (SpellingId | WrittenAsDocumented)[]
}

/** A call that is met in the field just as it is documented. */
export interface WrittenAsDocumented {
  readonly operation: OperationId
  readonly example: Pick<OperationExample, 'summary' | 'params' | 'body'>
}

export const stories = [
  {
    id: 'S0', title: 'A CRM writes again after the chat was closed',
    outcome:
      'It has kept a conversation id and a participant id, and asks for a `forceOpen`. Both ids are addresses that never expire, a closed conversation is a state and not a missing permission, and `forceOpen` is the policy `whenClosed`.',
    rows: ['send-to-participant', 'send-to-webchat-conversation'],
  },
  {
    id: 'S1', title: 'An agent’s extension reopens what was closed',
    outcome:
      'Three ways are tried: just sending, setting the status to open, adding the guest back. Each of them works. Where a deployment or the call itself asks for `reject`, the refusal names the calls that go through.',
    rows: [
      {
        operation: 'send-message',
        example: { summary: 'To a closed conversation', body: { from: { name: 'Mira', id: 'agent-7' }, text: 'One more thing…', conversationId: id.conversation } },
      },
      'set-conversation-status', 'add-conversation-participant', 'add-web-participant',
    ],
  },
  {
    id: 'S2', title: 'A cloud function uses a session id that it kept, or makes a new session',
    outcome:
      'A session id is an address, in whatever state the session is: it leads to the same person. A fresh session may be written to as soon as its id is there, and `GET /api/v2/conversations/messaging/sessions/{sessionId}` tells the state, the lifetime and why it ended.',
    rows: ['send-to-guest-session', 'create-webchat-session'],
  },
  {
    id: 'S3', title: 'A scheduled job writes to somebody who shut the tab',
    outcome:
      'To an open conversation a message is appended, whether a page is open or not: that is no conflict. A missing scope is always 403 and names the scope.',
    rows: [
      'send-webchat-message',
      {
        operation: 'send-to-contact',
        example: { summary: 'By contact', params: { contactId: id.contact }, body: { text: 'Your parcel has arrived.', from: { id: 'laravel-job' } } },
      },
      'send-conversation-message', 'send-webchat',
      { operation: 'get-conversation', example: { summary: 'A look before the send', params: { conversationId: id.conversation } } },
      {
        operation: 'send-to-conversation',
        example: { summary: 'By conversation', params: { conversationId: id.conversation }, body: { text: 'Your parcel has arrived.' } },
      },
    ],
  },
  {
    id: 'S4', title: 'A ticketing system ends a guest’s conversation',
    outcome: 'Closing has a narrow scope of its own, `webmessaging:write`, and a refusal names just that. Closing what is closed is the same answer.',
    rows: ['end-webmessaging-instance'],
  },
] as const satisfies readonly Story[]

/** The ids of the examples by what they are ids of, for whoever shows an example with ids of their own in it. */
export const exampleIds = { contact: id.contact, conversation: id.conversation, participant: id.customer, session: id.session } as const
