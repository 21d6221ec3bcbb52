import type { Wire, WireDeps, WireListener } from './wire.ts'

/** Whether a wire is there, who listens to it, and what is said in the log when that changes. */
export interface WireState {
  readonly isUp: boolean
  heard(text: string): void
  cameUp(): void
  /** Says it once, however often connecting fails until the wire is back. */
  wentDown(because: unknown): void
  subscribe: Wire['subscribe']
}

interface WireStateDeps extends Pick<WireDeps, 'log' | 'onChange' | 'onListenerError'> {
  /** As the log calls it. */
  readonly name: string
}

export function createWireState({ name, log, onChange, onListenerError }: WireStateDeps): WireState {
  const listeners = new Set<WireListener>()
  /** Undefined until it is known for the first time. */
  let isUp: boolean | undefined

  function tell(call: (listener: WireListener) => void): void {
    for (const listener of listeners) {
      try {
        call(listener)
      } catch (error) {
        onListenerError(error)
      }
    }
  }

  function change(to: boolean): boolean {
    if (isUp === to) return false
    isUp = to
    onChange(to)
    return true
  }

  return {
    get isUp() {
      return isUp === true
    },
    heard: (text) => tell((listener) => listener.heard(text)),
    cameUp() {
      if (!change(true)) return
      log.info({ wire: name }, 'nodes hear each other')
      tell((listener) => listener.up?.())
    },
    wentDown(because) {
      if (change(false)) log.warn({ wire: name, err: because }, 'nodes do not hear each other; what others do is read from the store, a second late, until they do')
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
