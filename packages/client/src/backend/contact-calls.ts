import type { Contact, ContactDetails, CreatedSession, Session } from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { JsonCaller } from './json-caller.ts'
import type { Page, Paged } from './page.ts'
import type { CallOptions } from './transport.ts'

/** Which people to list; all given conditions hold together. */
export interface ContactFilter {
  /** Your own id of the person, compared exactly. */
  readonly externalId?: string
  readonly email?: string
  readonly deploymentId?: string
  /** Looks in name, external id and e-mail. */
  readonly q?: string
  /** 1 to 100. Default 25. */
  readonly pageSize?: number
}

/** For whom a session is made. Without a contact, a new one is made for it. */
export interface NewSession {
  /** Needed when there is more than one deployment. */
  readonly deploymentId?: string
  readonly contactId?: string
  readonly externalId?: string
  /** What is known of a new person. */
  readonly contact?: ContactDetails
}

/** People, and the browser sessions that act for them. */
export interface ContactCalls {
  /** Adds a person you already know. Scope `contacts:write`. */
  readonly createContact: (
    details: ContactDetails & { readonly deploymentId?: string },
    options?: CallOptions,
  ) => Promise<Contact>
  /**
   * People. Scope `contacts:read`.
   * @example const { entities: [ada] } = await beckon.listContacts({ externalId: 'crm-4711' })
   */
  readonly listContacts: (filter?: ContactFilter, options?: CallOptions) => Paged<Page<Contact>, Contact>
  /** One person. Scope `contacts:read`. */
  readonly getContact: (contactId: string, options?: CallOptions) => Promise<Contact>
  /** Changes what is known of a person; what is left out stays. Scope `contacts:write`. */
  readonly updateContact: (contactId: string, changes: ContactDetails, options?: CallOptions) => Promise<Contact>
  /** Erases a person with all conversations, for good. Scope `contacts:erase`. */
  readonly eraseContact: (contactId: string, options?: CallOptions) => Promise<void>
  /**
   * A fresh guest session for a new or known person. The answer holds the browser's secret `token`, shown this once.
   * Scope `webchat:session:write`.
   */
  readonly createSession: (session?: NewSession, options?: CallOptions) => Promise<CreatedSession>
  /** State and lifetime of a session, and why it ended. Scope `conversations:read`. */
  readonly getSession: (sessionId: string, options?: CallOptions) => Promise<Session>
  /** Ends a session; its id stays an address. Scope `webchat:session:write` or `webmessaging:write`. */
  readonly endSession: (sessionId: string, options?: CallOptions) => Promise<void>
}

const contacts = '/api/v2/contacts'
const sessions = '/api/v2/conversations/messaging/sessions'

export function createContactCalls({ get, list, post, patch, remove }: JsonCaller): ContactCalls {
  return {
    createContact: (details, options) => post(contacts, details, options),
    listContacts: (filter, options) => list(contacts, options, { ...filter }),
    getContact: (id, options) => get(contacts + path`/${id}`, options),
    updateContact: (id, changes, options) => patch(contacts + path`/${id}`, changes, options),
    eraseContact: (id, options) => remove(contacts + path`/${id}`, options),
    createSession: (session, options) => post(sessions, session ?? {}, options),
    getSession: (id, options) => get(sessions + path`/${id}`, options),
    endSession: (id, options) => remove(sessions + path`/${id}`, options),
  }
}
