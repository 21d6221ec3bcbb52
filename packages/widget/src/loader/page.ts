import type { SignInProof } from '@beckon/client'
import { createEventHub, type EventHub } from './events.ts'
import { createMessenger, type Messenger, type MessengerParts } from './messenger.ts'

/** How a page embeds the messenger. All but `deployment` is optional. */
export interface BootOptions {
  /** Id of the deployment. */
  readonly deployment: string
  /** Origin of the Beckon server. Default: where the script came from. */
  readonly server?: string | undefined
  /** `#rrggbb` in place of the deployment's own colour, which a first-time visitor's launcher does not know yet. */
  readonly color?: string | undefined
  /** `left` or `right`, the default. */
  readonly position?: string | undefined
  /** Language tag. Default: that of the page, then that of the browser. */
  readonly locale?: string | undefined
  /** `light` or `dark`. Default: as the browser prefers. */
  readonly theme?: string | undefined
}

/** What a page can ask of the messenger. */
export interface Page {
  /** Puts the messenger on the page. A second call changes nothing. */
  readonly boot: (options: BootOptions) => void
  readonly open: () => void
  readonly close: () => void
  /** With what the site's OpenID provider gave it: a code with its redirect, PKCE verifier and nonce, or an id token. */
  readonly signIn: (proof: SignInProof) => void
  /** To be called when the customer signs out of the site, before `shutdown`. */
  readonly signOut: () => Promise<void> | undefined
  readonly on: EventHub['on']
  readonly off: EventHub['off']
  /** Forgets the guest on this browser and takes the messenger away. To be called when the customer signs out. */
  readonly shutdown: () => Promise<void>
}

const tagName = 'beckon-messenger'
const attributes = ['deployment', 'server', 'color', 'position', 'locale', 'theme'] as const

/** Defines the element `<beckon-messenger>` and returns the calls that drive the one on this page. */
export function createPage(parts: MessengerParts, defaultServer: string): Page {
  const hub = createEventHub()
  const Element = elementOf(parts, hub, defaultServer)
  if (customElements.get(tagName) === undefined) customElements.define(tagName, Element)
  const find = (): InstanceType<typeof Element> | undefined => {
    const found = document.querySelector(tagName)
    return found instanceof Element ? found : undefined
  }
  return {
    boot: (options) => {
      if (find() !== undefined) return
      const element = document.createElement(tagName)
      for (const name of attributes) {
        const value = options[name]
        if (value !== undefined) element.setAttribute(name, value)
      }
      whenBodyIsThere(() => document.body.append(element))
    },
    open: () => whenBodyIsThere(() => void find()?.messenger?.open()),
    close: () => whenBodyIsThere(() => find()?.messenger?.close()),
    signIn: (proof) => whenBodyIsThere(() => void find()?.messenger?.signIn(proof)),
    signOut: () => find()?.messenger?.signOut(),
    on: hub.on,
    off: hub.off,
    shutdown: async () => {
      const element = find()
      await element?.messenger?.shutdown()
      element?.remove()
    },
  }
}

interface BeckonElement extends HTMLElement {
  readonly messenger: Messenger | undefined
}

function elementOf(parts: MessengerParts, hub: EventHub, defaultServer: string): new () => BeckonElement {
  return class extends HTMLElement implements BeckonElement {
    messenger: Messenger | undefined

    connectedCallback(): void {
      const deploymentId = this.getAttribute('deployment')
      if (deploymentId === null || this.messenger !== undefined) return
      this.messenger = createMessenger(
        this,
        {
          deploymentId,
          server: this.getAttribute('server') ?? defaultServer,
          color: this.getAttribute('color') ?? undefined,
          position: this.getAttribute('position') ?? undefined,
          locale: this.getAttribute('locale') ?? (document.documentElement.lang || navigator.language),
        },
        { parts, hub },
      )
      // After whoever called has registered its listeners, and after what the stub has queued.
      queueMicrotask(() => hub.tell('ready', undefined))
    }

    disconnectedCallback(): void {
      this.messenger?.stop()
      this.messenger = undefined
    }
  }
}

function whenBodyIsThere(task: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', task, { once: true })
  else task()
}
