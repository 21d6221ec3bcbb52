/** What a page can listen to. */
export interface MessengerEvents {
  readonly ready: undefined
  readonly open: undefined
  readonly close: undefined
  /** The count of unread messages has changed. */
  readonly unread: { readonly count: number }
  /** A message of the business has arrived. Plain text: never show it as HTML. */
  readonly message: { readonly text: string; readonly from: string | undefined; readonly proactive: boolean }
  /** The messenger cannot work on this page, and why. */
  readonly error: { readonly detail: string }
}

export type MessengerListener<Name extends keyof MessengerEvents> = (event: MessengerEvents[Name]) => void

export interface EventHub {
  readonly on: <Name extends keyof MessengerEvents>(name: Name, listener: MessengerListener<Name>) => void
  readonly off: <Name extends keyof MessengerEvents>(name: Name, listener: MessengerListener<Name>) => void
  readonly tell: <Name extends keyof MessengerEvents>(name: Name, event: MessengerEvents[Name]) => void
}

export function createEventHub(): EventHub {
  const all: { readonly [Name in keyof MessengerEvents]: Set<MessengerListener<Name>> } = {
    ready: new Set(),
    open: new Set(),
    close: new Set(),
    unread: new Set(),
    message: new Set(),
    error: new Set(),
  }
  return {
    on: (name, listener) => void all[name]?.add(listener),
    off: (name, listener) => void all[name]?.delete(listener),
    tell: (name, event) => {
      for (const listener of all[name]) listener(event)
    },
  }
}
