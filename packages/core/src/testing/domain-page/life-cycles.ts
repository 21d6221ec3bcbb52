import { conversationTransitions, type ConversationAct, type ConversationCommand, type ConversationTransition } from '../../domain/conversation/transitions.ts'
import { attachmentTransitions, type AttachmentStep } from '../../domain/attachment/transitions.ts'
import { deliveryTransitions } from '../../domain/delivery/transitions.ts'
import { proactiveTransitions } from '../../domain/proactive/transitions.ts'
import { sessionTransitions, type SessionTransition } from '../../domain/session/transitions.ts'

/** One row of a life cycle as it is drawn and told. */
export interface Move {
  readonly from: string
  readonly on: string
  readonly to: string
  readonly words: string
}

export interface LifeCycle {
  readonly noun: string
  readonly introduction: string
  readonly moves: readonly Move[]
}

const commandWords: Readonly<Record<ConversationCommand, string>> = {
  guestWrites: 'guest writes',
  businessSends: 'business sends',
  close: 'close',
  reopen: 'reopen',
}

const actWords: Readonly<Record<ConversationAct, string>> = {
  start: 'a conversation starts',
  append: 'the message is appended',
  reopen: 'it reopens',
  startLinked: 'a new conversation starts, linked to this one, which stays as it is',
  close: 'it closes, and says who closed it and why',
  nothing: 'nothing changes, and the answer is the same',
}

const tokenWords: Readonly<Record<SessionTransition['tokenAfterwards'], string>> = {
  works: 'the token goes on working',
  renews: 'the token opens a new session of the same contact',
  severed: 'the token leads nowhere any more',
}

const stepWords: Readonly<Record<AttachmentStep, string>> = {
  presign: 'it gets a new upload address, and the old one is closed',
  upload: 'its bytes are kept, and the address is closed',
  fail: 'its bytes are refused, and the address is closed',
  attach: 'a message carries it, and it stays with that message',
  delete: 'its bytes go',
  expire: 'no message wanted it in time: its bytes go',
  erase: 'its person is erased: its bytes and its name go',
}

export const lifeCycles: readonly LifeCycle[] = [
  {
    noun: 'conversation',
    introduction:
      '`elapsed` is a closed conversation whose `reopenWithin` has passed: nothing is written when that happens. The policy behind a guest who writes is ' +
      "`guestWritesAfterClose` of the deployment; behind a business that sends, the caller's `whenClosed`.",
    moves: conversationTransitions.map((row) => ({
      from: row.from,
      on: row.policy === undefined ? commandWords[row.on] : `${commandWords[row.on]} (${row.policy})`,
      to: row.to,
      words: inWords(row),
    })),
  },
  {
    noun: 'session',
    introduction: 'Expiry needs nobody to notice it: whoever looks after `expiresAt` finds the session expired. It ends authority, never history or address.',
    moves: sessionTransitions.map(({ from, on, to, tokenAfterwards }) => ({ from, on, to, words: tokenWords[tokenAfterwards] })),
  },
  {
    noun: 'proactive message',
    introduction: 'Cancelling, superseding and expiring reach a sent message only while all its deliveries wait: what went to an open socket may have been read.',
    moves: proactiveTransitions.map(({ from, on, to, deliveries }) => ({
      from, on, to,
      words: deliveries === undefined ? 'its deliveries stay as they are' : `its deliveries: ${deliveries}`,
    })),
  },
  {
    noun: 'delivery',
    introduction: 'A step that has no row leaves the delivery as it is.',
    moves: deliveryTransitions.map(({ from, on, to }) => ({ from, on, to, words: `the delivery is ${to}` })),
  },
  {
    noun: 'attachment',
    introduction: 'Each message has files of its own: what one message carries, no other can. An upload that breaks off changes nothing and may be tried again.',
    moves: attachmentTransitions.map(({ from, on, to }) => ({ from, on, to, words: stepWords[on] })),
  },
]

function inWords({ does }: ConversationTransition): string {
  return typeof does === 'object' ? `refused: \`${does.refuse}\`` : actWords[does]
}
