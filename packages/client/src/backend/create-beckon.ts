import { createAdministrationCalls } from './administration-calls.ts'
import { createAgentCookieCredentials, createBearerCredentials, createClientCredentials } from './access-token.ts'
import { basicAuthorization } from './access-token.ts'
import { createAttachmentCalls } from './attachment-calls.ts'
import { createContactCalls } from './contact-calls.ts'
import { createConversationCalls } from './conversation-calls.ts'
import { followEvents } from './events.ts'
import { createJsonCaller } from './json-caller.ts'
import { defaultRetryPolicy } from './retry.ts'
import { createGuestCalls } from './guest-calls.ts'
import { createSendCalls } from './send-calls.ts'
import { createServiceCalls } from './service-calls.ts'
import { systemSurroundings } from './system-surroundings.ts'
import { createTransport } from './transport.ts'
import type { AdministrationCalls } from './administration-calls.ts'
import type { AttachmentCalls } from './attachment-calls.ts'
import type { ContactCalls } from './contact-calls.ts'
import type { ConversationCalls } from './conversation-calls.ts'
import type { BeckonEvent, FollowEvents } from './events.ts'
import type { RetryPolicy } from './retry.ts'
import type { GuestCalls } from './guest-calls.ts'
import type { SendCalls } from './send-calls.ts'
import type { ServiceCalls } from './service-calls.ts'
import type { Surroundings } from './surroundings.ts'
import type { Call, Credentials, Transport } from './transport.ts'

/** Where the server is and who is calling. Exactly one of the three ways to prove it. */
export type BeckonOptions = CommonOptions &
  (
    | {
        /** OAuth client id, from the administration or from `beckon client create`. */
        readonly clientId: string
        readonly clientSecret: string
        /** Space-separated; asks for fewer scopes than the client has. */
        readonly scope?: string
      }
    | {
        /** An access token that you got yourself, or a function that is asked for one before each call. */
        readonly token: string | (() => string | Promise<string>)
      }
    | {
        /** Act as the agent who is signed in at the desk in this browser, by cookie. */
        readonly agentCookie: true
      }
  )

interface CommonOptions {
  /** Base address, e.g. `https://chat.example.com`. In a browser, `''` means the page's own server. */
  readonly url: string
  /** Instead of the global fetch, e.g. one that goes through a proxy. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** How stubborn to be; what is left out keeps its default. */
  readonly retry?: Partial<RetryPolicy>
  /** Longest wait for one answer, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number
  /** Sent with every call, e.g. `user-agent` or `traceparent`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Clock and chance, for tests. */
  readonly surroundings?: Partial<Surroundings>
}

/** Everything a backend can do, one method per operation of the API. Safe to share; it has nothing to close. */
export interface Beckon
  extends ConversationCalls,
    SendCalls,
    AttachmentCalls,
    ContactCalls,
    AdministrationCalls,
    GuestCalls,
    ServiceCalls {
  /**
   * Follows the event feed for as long as the loop runs, through restarts and lost connections, without a gap and without a
   * repetition. Store `event.id` when you have dealt with an event; hand it in as `after` when your program comes back.
   * Scope `events:read`.
   *
   * @example
   * for await (const event of beckon.events({ after: await loadCursor(), types: ['message.created'] })) {
   *   if (event.type === 'message.created') await crm.note(event.contactId, event.data.message.text)
   *   await saveCursor(event.id)
   * }
   */
  readonly events: (follow?: FollowEvents) => AsyncGenerator<BeckonEvent>
  /** Any call that has no method here, with the same token, retries and refusals. */
  readonly request: <Answer = unknown>(call: Call) => Promise<Answer>
}

/**
 * The SDK for backends, for Node 18 or newer, browsers and edge runtimes. It has no run-time dependency.
 *
 * It fetches and renews its own access token; gives every POST and PATCH an `Idempotency-Key`, so that a call repeated after
 * a lost answer counts once; waits as long as the server asks; and throws `BeckonRefusal` when the server says no,
 * `BeckonUnreachable` when no answer comes.
 *
 * @example
 * const beckon = createBeckon({ url: 'https://chat.example.com', clientId, clientSecret })
 * const { did } = await beckon.sendToContact(contactId, { text: 'Your parcel is on its way.' })
 */
export function createBeckon(options: BeckonOptions): Beckon {
  const surroundings: Surroundings = {
    ...systemSurroundings(),
    ...options.surroundings,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  }
  const retry = { ...defaultRetryPolicy, ...options.retry }
  const transport = createTransport({
    baseUrl: options.url.replace(/\/+$/, ''),
    credentials: credentialsOf(options, surroundings, () => transport),
    surroundings,
    retry,
    timeoutMs: options.timeoutMs ?? 30_000,
    headers: options.headers ?? {},
  })
  const caller = createJsonCaller(transport)
  return {
    ...createConversationCalls(caller),
    ...createSendCalls(caller),
    ...createAttachmentCalls(caller),
    ...createContactCalls(caller),
    ...createAdministrationCalls(caller),
    ...createGuestCalls(caller),
    ...createServiceCalls(caller, transport, clientAuthorization(options)),
    events: (follow = {}) => followEvents({ transport, surroundings, retry }, follow),
    request: (call) => caller.call(call),
  }
}

function credentialsOf(options: BeckonOptions, { now }: Surroundings, transport: () => Transport): Credentials {
  if ('agentCookie' in options) return createAgentCookieCredentials()
  if ('token' in options) return createBearerCredentials(options.token)
  const { clientId, clientSecret, scope } = options
  return createClientCredentials({ transport, now, clientId, clientSecret, ...(scope === undefined ? {} : { scope }) })
}

function clientAuthorization(options: BeckonOptions): string | undefined {
  return 'clientId' in options ? basicAuthorization(options.clientId, options.clientSecret) : undefined
}
