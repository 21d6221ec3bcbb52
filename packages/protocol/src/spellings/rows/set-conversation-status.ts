import { Type } from 'typebox'
import { updateConversation } from '../../rest/conversations/update-conversation.ts'
import { id, sample } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { Reason } from '../../scalars/text.ts'
import { inBothCasings, namesInBothCasings } from '../keys/both-casings.ts'
import { param, translated } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** What people call the two states that a conversation has. */
const opened = ['open', 'opened', 'active', 'connected', 'Open', 'Opened', 'Active', 'Connected'] as const
const ended = ['closed', 'ended', 'disconnected', 'Closed', 'Ended', 'Disconnected'] as const
const statusKeys = namesInBothCasings('status', 'state')
const Status = Type.Enum([...opened, ...ended])

/** Closing needs its own scope here as everywhere. */
export const setConversationStatus = defineSpelling({
  operationId: 'set-conversation-status',
  canonical: 'update-conversation',
  story: 'S1',
  method: 'PATCH',
  path: '/api/v2/conversations/messaging/conversations/{conversationId}',
  summary: 'Set the status of a conversation',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['conversations:write', 'webmessaging:write', 'admin:conversation:write'],
  scopeRules: [
    { when: { field: 'status', equals: 'closed', alsoFields: statusKeys, alsoEquals: ended }, scopes: ['webmessaging:write', 'admin:conversation:write'] },
    { when: { field: 'status', equals: 'open', alsoFields: statusKeys, alsoEquals: opened }, scopes: ['conversations:write', 'admin:conversation:write'] },
  ],
  params: Type.Object({ conversationId: Id }),
  body: inBothCasings({ status: Status, state: Status, reason: Reason }),
  responses: updateConversation.responses,
  idempotent: true,
  etag: true,
  ifMatch: 'optional',
  refusals: updateConversation.refusals,
  examples: [
    { summary: 'Reopen it', params: { conversationId: id.conversation }, body: { status: 'open' }, status: 200, answer: sample.openConversation },
    {
      summary: 'Close it, as the market leader spells that',
      params: { conversationId: id.conversation },
      body: { state: 'disconnected' },
      status: 200,
      answer: sample.conversation,
    },
  ],
  translate: (call) =>
    translated(call, { conversationId: param(call, 'conversationId') }, (body) => {
      const status = body.read('status', ['state'], statusOf)
      if (status === undefined) body.refuse('status', 'is missing')
      return { status, reason: body.read('reason') }
    }),
})

function statusOf(word: unknown): unknown {
  return ended.some((one) => one === word) ? 'closed' : 'open'
}
