import type { SignInProof } from '@beckon/client'
import type { attend, Attendance } from '../attend/attend.ts'
import type { mountPanel, MountedPanel } from '../panel/mount-panel.tsx'
import { adoptSheet } from './adopt-sheet.ts'
import { brandColors } from './brand.ts'
import type { EventHub } from './events.ts'
import { createLauncher, type Launcher } from './launcher.ts'
import css from './launcher.css'
import { languageOf } from './launcher-words.ts'
import { pageStorage, type PageStorage } from './page-storage.ts'

export interface MessengerOptions {
  readonly deploymentId: string
  /** Origin of the Beckon server. */
  readonly server: string
  /** Set by the page in place of the deployment's own. */
  readonly color: string | undefined
  readonly position: string | undefined
  readonly locale: string
}

/** What is loaded later: the connection and the card when there may be news, the panel when it is opened. */
export interface MessengerParts {
  readonly attend: () => Promise<{ readonly attend: typeof attend }>
  readonly panel: () => Promise<{ readonly mountPanel: typeof mountPanel }>
}

export interface Messenger {
  readonly open: () => Promise<void>
  readonly close: () => void
  /** Lets the guest in as who they are at the site's OpenID provider. */
  readonly signIn: (proof: SignInProof) => Promise<void>
  /** Signs the guest out wherever they are signed in. */
  readonly signOut: () => Promise<void>
  /** Forgets the guest on this browser: token, drafts, unsent messages. For signing out on shared computers. */
  readonly shutdown: () => Promise<void>
  /** Stops without forgetting anything. */
  readonly stop: () => void
}

export function createMessenger(
  host: HTMLElement,
  options: MessengerOptions,
  { parts, hub }: { readonly parts: MessengerParts; readonly hub: EventHub },
): Messenger {
  const storage = pageStorage(options.deploymentId)
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const launcher = createLauncher(options.locale, () => void (desk.isOpen ? close(desk) : open(desk)))
  const desk: Desk = {
    host,
    root,
    options,
    parts,
    hub,
    storage,
    launcher,
    isOpen: false,
    attending: undefined,
    panel: undefined,
  }
  const attendQuietly = (): void => void attendOnce(desk).catch(() => {})
  host.lang = options.locale
  host.dir = rightToLeft.has(languageOf(options.locale)) ? 'rtl' : 'ltr'
  adoptSheet(root, css)
  dress(host, options, storage.read('look'))
  root.replaceChildren(launcher.element)
  const stopListening = storage.onWrittenElsewhere('token', attendQuietly)
  // Whoever has never written here has no news to wait for, and costs nothing but this file.
  if (storage.read('token') !== undefined) whenIdle(attendQuietly)
  return {
    open: () => open(desk),
    close: () => close(desk),
    signIn: async (proof) => {
      const failure = await (await attendOnce(desk)).signIn(proof)
      if (failure) hub.tell('error', failure)
    },
    signOut: async () => (await attendOnce(desk)).signOut(),
    stop: () => {
      stopListening()
      void stop(desk)
    },
    shutdown: async () => {
      stopListening()
      const attendance = await stop(desk)
      storage.clear()
      await attendance?.forget()
    },
  }
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])

interface Desk {
  readonly host: HTMLElement
  readonly root: ShadowRoot
  readonly options: MessengerOptions
  readonly parts: MessengerParts
  readonly hub: EventHub
  readonly storage: PageStorage
  readonly launcher: Launcher
  isOpen: boolean
  attending: Promise<Attendance> | undefined
  panel: MountedPanel | undefined
}

async function open(desk: Desk): Promise<void> {
  const { host, root, launcher, hub, parts } = desk
  if (desk.isOpen) return
  desk.isOpen = true
  launcher.setBusy(true)
  launcher.setOpen(true)
  host.toggleAttribute('open', true)
  try {
    const [attendance, module] = await Promise.all([attendOnce(desk), parts.panel()])
    if (desk.isOpen) desk.panel ??= module.mountPanel(root, { attendance, close: () => close(desk) })
    hub.tell('open', undefined)
  } catch {
    close(desk)
    hub.tell('error', { detail: 'The messenger could not be loaded.' })
  }
  launcher.setBusy(false)
}

function close(desk: Desk): void {
  if (!desk.isOpen) return
  desk.isOpen = false
  desk.panel?.unmount()
  desk.panel = undefined
  desk.host.toggleAttribute('open', false)
  desk.launcher.setOpen(false)
  desk.launcher.element.focus()
  desk.hub.tell('close', undefined)
}

/** Connects once; an attempt whose files could not be fetched may be repeated. */
function attendOnce(desk: Desk): Promise<Attendance> {
  desk.attending ??= attendNow(desk).catch((reason: unknown) => {
    desk.attending = undefined
    throw reason
  })
  return desk.attending
}

async function attendNow(desk: Desk): Promise<Attendance> {
  const { host, root, options, storage, launcher, hub } = desk
  const module = await desk.parts.attend()
  return module.attend({
    ...options,
    root,
    storage,
    dress: (look) => {
      storage.write('look', look)
      dress(host, options, look)
    },
    setUnread: (count) => {
      launcher.setUnread(count)
      hub.tell('unread', { count })
    },
    tell: hub.tell,
    open: () => void open(desk),
  })
}

async function stop(desk: Desk): Promise<Attendance | undefined> {
  close(desk)
  const attendance = await desk.attending?.catch(() => undefined)
  attendance?.stop()
  return attendance
}

/** `look`: colour and side, as in `#336699 left`. What the page itself says about them wins. */
function dress(host: HTMLElement, { color, position }: MessengerOptions, look = ''): void {
  const [deploymentColor, deploymentPosition] = look.split(' ')
  const { fill, onFill, onLight, onDark } = brandColors(color ?? deploymentColor)
  host.style.setProperty('--brand', fill)
  host.style.setProperty('--on-brand', onFill)
  host.style.setProperty('--brand-on-light', onLight)
  host.style.setProperty('--brand-on-dark', onDark)
  host.dataset['side'] = position ?? deploymentPosition ?? 'right'
}

function whenIdle(task: () => void): void {
  // Safari has no idle callback; right after load is late enough there.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(task, { timeout: 2000 })
  else addEventListener('load', task, { once: true })
}
