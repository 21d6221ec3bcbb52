import type { Reader } from '@beckon/core'
import type { Life } from './life.ts'

export interface NodeReaderGiven {
  readonly reader: Reader
  readonly life: Life
  readonly trip: () => number
}

/** The store's reader, some way off: what is read is what was there halfway. */
export function createNodeReader({ reader, life, trip }: NodeReaderGiven): Reader {
  const far = <Given extends readonly unknown[], T>(read: (...given: Given) => Promise<T>) =>
    (...given: Given): Promise<T> =>
      new Promise((resolve, reject) => {
        life.after(trip(), () => {
          read(...given).then(
            (answer) => life.after(trip(), () => resolve(answer)),
            (failure: unknown) => life.after(trip(), () => reject(failure)),
          )
        })
      })
  return {
    epoch: reader.epoch,
    deployment: far(reader.deployment),
    deployments: far(reader.deployments),
    contact: far(reader.contact),
    contactByExternalId: far(reader.contactByExternalId),
    contacts: far(reader.contacts),
    conversation: far(reader.conversation),
    conversations: far(reader.conversations),
    latestConversation: far(reader.latestConversation),
    session: far(reader.session),
    latestSession: far(reader.latestSession),
    sessionByToken: far(reader.sessionByToken),
    entries: far(reader.entries),
    message: far(reader.message),
    guestHistory: far(reader.guestHistory),
    proactive: far(reader.proactive),
    proactiveByMessage: far(reader.proactiveByMessage),
    proactives: far(reader.proactives),
    events: far(reader.events),
    lastPosition: far(reader.lastPosition),
    nextTimerAt: far(reader.nextTimerAt),
    answer: far(reader.answer),
    ...farAccess(reader, far),
    ping: far(reader.ping),
  }
}

type Far = <Given extends readonly unknown[], T>(read: (...given: Given) => Promise<T>) => (...given: Given) => Promise<T>

function farAccess(reader: Reader, far: Far) {
  return {
    accessToken: far(reader.accessToken),
    oauthClient: far(reader.oauthClient),
    oauthClients: far(reader.oauthClients),
    agent: far(reader.agent),
    agentByName: far(reader.agentByName),
    agents: far(reader.agents),
    agentSession: far(reader.agentSession),
    attachment: far(reader.attachment),
    signIn: far(reader.signIn),
    signInByRefreshToken: far(reader.signInByRefreshToken),
    pushDevices: far(reader.pushDevices),
  } satisfies Partial<Reader>
}
