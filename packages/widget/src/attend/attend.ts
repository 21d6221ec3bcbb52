import { createGuest, type Guest, type GuestEntry, type GuestFailure, type SignInIdentity } from '@beckon/client'
import { adoptSheet } from '../loader/adopt-sheet.ts'
import type { EventHub } from '../loader/events.ts'
import type { PageStorage } from '../loader/page-storage.ts'
import { named, stringsFor, type Strings } from '../strings/strings.ts'
import { createAnnouncer } from './announcer.ts'
import css from './attend.css'
import { createCard, wordsOf } from './card.ts'
import { fetchLook, type DeploymentLook } from './deployment.ts'
import { indexedOutbox } from './indexed-outbox.ts'
import { pageIdentity } from './page-identity.ts'
import { watchPage } from './presence.ts'
import { waitingCard } from './waiting-card.ts'

export interface AttendOptions {
  readonly deploymentId: string
  readonly server: string
  readonly locale: string
  readonly root: ShadowRoot
  readonly storage: PageStorage
  /** Colour and side, as in `#336699 left`. */
  readonly dress: (look: string) => void
  readonly setUnread: (count: number) => void
  readonly tell: EventHub['tell']
  readonly open: () => void
}

/** The guest on this page, connected, with or without an open panel. */
export interface Attendance {
  readonly guest: Guest
  readonly look: DeploymentLook
  readonly strings: Strings
  readonly locale: string
  readonly storage: PageStorage
  readonly stop: () => void
  /** Destroys what is kept beside the page storage. */
  readonly forget: () => Promise<void>
  /** Undefined when it succeeded, and otherwise why not. */
  readonly signIn: SignInIdentity['signIn']
  readonly signOut: SignInIdentity['signOut']
}

export async function attend(options: AttendOptions): Promise<Attendance> {
  const { deploymentId, server, root, storage, locale } = options
  const outbox = indexedOutbox(deploymentId)
  const page = pageIdentity(server, deploymentId, storage)
  const guest = createGuest({
    url: server,
    deploymentId,
    outbox,
    uploadFile: async (request) => (await import('./upload-in-page.ts')).uploadInPage(request),
    tokens: { read: () => storage.read('token'), write: (token) => storage.write('token', token) },
    identity: page,
  })
  guest.connect()
  const [look, strings] = await Promise.all([fetchLook(server, deploymentId), stringsFor(locale)])
  if (look.color !== undefined) options.dress(`${look.color} ${look.position ?? ''}`)
  adoptSheet(root, css)
  const stopShowing = showNews(options, guest, strings)
  const stopWatching = watchPage({ back: guest.wake, leaving: guest.leave, lost: guest.networkLost })
  return {
    guest,
    look,
    strings,
    locale,
    storage,
    stop: () => {
      stopWatching()
      stopShowing()
      guest.disconnect()
    },
    forget: outbox.destroy,
    signIn: async (proof) => {
      const failure = await (await page.load()).signIn(proof)
      if (failure === undefined) guest.identify()
      return failure
    },
    signOut: async () => (await page.load()).signOut(),
  }
}

/** Unread count, card and live region: all that a guest learns while the panel is closed. */
function showNews(options: AttendOptions, guest: Guest, strings: Strings): () => void {
  const { root, setUnread, tell } = options
  const announce = createAnnouncer(root)
  const card = createCard(root, strings, {
    reply: options.open,
    dismiss: () => {
      guest.dismiss()
      root.querySelector('button')?.focus()
    },
  })
  let unread = 0
  let announced = ''
  let failure: GuestFailure | undefined
  const say = (entry: GuestEntry): void => {
    if (announced === entry.id) return
    announced = entry.id
    announce(`${named(strings.announced, entry.fromName ?? strings.support)} ${wordsOf(entry)}`)
  }
  const update = (): void => {
    const state = guest.state()
    const waiting = root.host.hasAttribute('open') ? undefined : waitingCard(state)
    if (waiting === undefined) card.hide()
    else card.show(waiting)
    if (waiting !== undefined) say(waiting)
    if (state.unread !== unread) setUnread((unread = state.unread))
    if (state.failure !== undefined && state.failure !== failure) tell('error', { detail: state.failure.detail })
    failure = state.failure
  }
  const observer = new MutationObserver(update)
  observer.observe(root.host, { attributeFilter: ['open'] })
  const stops = [
    guest.subscribe(update),
    guest.on('entry', ({ entry, live }) => {
      if (!live || entry.kind !== 'message' || entry.direction !== 'outbound') return
      say(entry)
      tell('message', { text: entry.text, from: entry.fromName, proactive: entry.proactive })
    }),
    () => observer.disconnect(),
  ]
  update()
  return () => stops.forEach((stop) => stop())
}
