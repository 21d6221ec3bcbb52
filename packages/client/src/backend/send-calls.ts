import type { Delivery, Proactive, Reachability, Send, SendAnswer, SendPlan, SendPolicy } from '@beckon/protocol'
import { path } from './json-caller.ts'
import { BeckonRefusal } from './refusal.ts'
import type { JsonCaller } from './json-caller.ts'
import type { Page, Paged } from './page.ts'
import type { CallOptions } from './transport.ts'

/** Whom to reach: any one id that you have kept, however old. */
export type Address =
  | { readonly contactId: string }
  | { readonly externalId: string }
  | { readonly conversationId: string }
  | { readonly sessionId: string }

/** A send to what an id names. With `dryRun: true` nothing happens and the answer is the plan. */
export interface SendTo {
  (id: string, send: Send & { readonly dryRun: true }, options?: CallOptions): Promise<SendPlan>
  (id: string, send: Send, options?: CallOptions): Promise<SendAnswer>
}

/** A send whose address is in the body. */
export interface SendMessage {
  (send: Address & Send & { readonly dryRun: true }, options?: CallOptions): Promise<SendPlan>
  (send: Address & Send, options?: CallOptions): Promise<SendAnswer>
}

/** Which proactive messages to list. Newest first. */
export interface ProactiveFilter {
  readonly contactId?: string
  readonly conversationId?: string
  readonly status?: Proactive['status']
  /** 1 to 100. Default 25. */
  readonly pageSize?: number
}

/** What became of one message. */
export interface DeliveryReport {
  readonly messageId: string
  /** Absent while the message is only scheduled. */
  readonly conversationId?: string
  readonly seq?: number
  /** The whole story of a message that nobody had asked for: state found, what was done, every step with its time. */
  readonly proactive?: Proactive
  /** Every attempt to bring it to its reader. */
  readonly entities: readonly Delivery[]
  /** Only of a scheduled message whose time has come while no worker keeps appointments: since when. */
  readonly overdueSince?: string
}

/** Reaching people, in whatever state they are, and finding out what became of it. */
export interface SendCalls {
  /**
   * Sends to whatever the address leads to: a person with an open tab sees it at once, others when they come back. A closed
   * conversation reopens unless `policy.whenClosed` says otherwise.
   * Scope `messaging:contact:write`, or `messaging:conversation:write` for a conversation id.
   *
   * @example
   * const { did, deliveries } = await beckon.sendMessage({ externalId: 'crm-1042', text: 'Your parcel is here.' })
   */
  readonly sendMessage: SendMessage
  /**
   * **The** proactive send: reaches a person who has chatted before. Scope `messaging:contact:write`.
   *
   * @example
   * const plan = await beckon.sendToContact(contactId, { text: 'Any news?', dryRun: true })
   * console.log(plan.found.conversation, plan.did) // "closed", "reopened": what would happen
   * await beckon.sendToContact(contactId, { text: 'Any news?', policy: { unless: ['replied'] } }, { idempotencyKey: ticketId })
   */
  readonly sendToContact: SendTo
  /** Sends into a conversation, open or closed. Scope `messaging:conversation:write` or `conversations:write`. */
  readonly sendToConversation: SendTo
  /** What a send to this person would do now, and by which routes. Nothing is sent. Scope `conversations:read`. */
  readonly getReachability: (
    contactId: string,
    policy?: Pick<SendPolicy, 'whenClosed' | 'whenUnreachable' | 'purpose'>,
    options?: CallOptions,
  ) => Promise<Reachability>
  /** Proactive messages, newest first. Scope `conversations:read`. */
  readonly listProactive: (filter?: ProactiveFilter, options?: CallOptions) => Paged<Page<Proactive>, Proactive>
  /** One proactive message with its deliveries and its timeline. Scope `conversations:read`. */
  readonly getProactive: (proactiveId: string, options?: CallOptions) => Promise<Proactive>
  /** Moves a scheduled message to another time. Refused once it is sent. */
  readonly rescheduleProactive: (
    proactiveId: string,
    changes: Pick<SendPolicy, 'sendAt' | 'expiresAt'>,
    options?: CallOptions,
  ) => Promise<Proactive>
  /** Takes a message back that nobody has got. Cancelling a cancelled one changes nothing. */
  readonly cancelProactive: (proactiveId: string, options?: CallOptions) => Promise<Proactive>
  /** Every attempt to bring this message to its reader. Scope `conversations:read`. */
  readonly listDeliveries: (messageId: string, options?: CallOptions) => Promise<DeliveryReport>
  /**
   * Why a message did or did not arrive: its deliveries together with, for a proactive one, the state that was found, what
   * was done about it, and each step since. Takes the id of the message or of the proactive message.
   *
   * @example
   * const { proactive, entities } = await beckon.explain(messageId)
   * for (const step of proactive?.timeline ?? []) console.log(step.at, step.what, step.detail)
   */
  readonly explain: (messageId: string, options?: CallOptions) => Promise<DeliveryReport>
}

const base = '/api/v2/conversations/messaging'

export function createSendCalls({ call, get, list, post, patch }: JsonCaller): SendCalls {
  const proactive = (proactiveId: string): string => base + path`/proactive/${proactiveId}`
  const calls: Omit<SendCalls, 'explain'> = {
    sendMessage: (send: Send, options?: CallOptions) => post<SendAnswer>(`${base}/messages`, send, options),
    sendToContact: (id: string, send: Send, options?: CallOptions) =>
      post<SendAnswer>(base + path`/contacts/${id}/messages`, send, options),
    sendToConversation: (id: string, send: Send, options?: CallOptions) =>
      post<SendAnswer>(base + path`/${id}/messages`, send, options),
    getReachability: (id, policy, options) => get(base + path`/contacts/${id}/reachability`, options, { ...policy }),
    listProactive: (filter, options) => list(`${base}/proactive`, options, { ...filter }),
    getProactive: (id, options) => get(proactive(id), options),
    rescheduleProactive: (id, changes, options) => patch(proactive(id), changes, options),
    cancelProactive: (id, options) => call({ method: 'DELETE', path: proactive(id), ...(options && { options }) }),
    listDeliveries: (id, options) => get(base + path`/messages/${id}/deliveries`, options),
  }
  return { ...calls, explain: (id, options) => explain(calls, id, options) }
}

/** Each of the two ids leads to the other, so either will do. */
async function explain(calls: Omit<SendCalls, 'explain'>, id: string, options?: CallOptions): Promise<DeliveryReport> {
  try {
    return await calls.listDeliveries(id, options)
  } catch (error) {
    if (!(error instanceof BeckonRefusal) || error.status !== 404) throw error
    const { messageId } = await calls.getProactive(id, options)
    return calls.listDeliveries(messageId, options)
  }
}
