import { configure, openGuestSocket, type Frame, type GuestSocket } from '../guest-socket.ts'
import type { OnPromised } from './promises.ts'

export interface StubbornGuest {
  readonly contactId: string
  /** Says everything unacknowledged again under its own names, then more and more; resolves when the socket is gone. */
  readonly write: (url: string) => Promise<void>
  /** Says what is unacknowledged again, and resolves when nothing is. */
  readonly finish: (url: string) => Promise<void>
  readonly refusals: readonly Frame[]
}

interface GuestOptions {
  readonly name: string
  readonly token: string
  readonly deploymentId: string
  /** Messages under way at once. */
  readonly window: number
  readonly onPromised: OnPromised
}

/** A browser that keeps what was not acknowledged and says it again after every loss, each message under one client id. */
export function createStubbornGuest({ name, token, deploymentId, window, onPromised }: GuestOptions): StubbornGuest {
  const unacknowledged = new Map<string, { readonly number: number; readonly text: string }>()
  const refusals: Frame[] = []
  let contactId = ''
  let count = 0

  const speak = (socket: GuestSocket, clientId: string, text: string): void =>
    socket.send({ action: 'onMessage', token, tracingId: clientId, clientId, message: { type: 'Text', text } })

  function sayNext(socket: GuestSocket): void {
    count += 1
    const clientId = `${name}-${count}`
    const text = `${name} says ${count}`
    unacknowledged.set(clientId, { number: count, text })
    speak(socket, clientId, text)
  }

  function heard(frame: Frame): boolean {
    const said = unacknowledged.get(frame.tracingId ?? '')
    if (said === undefined || frame.tracingId === undefined) return false
    if (frame.class !== 'StructuredMessage') {
      refusals.push(frame)
      return false
    }
    unacknowledged.delete(frame.tracingId)
    const { id, conversationId, seq } = frame.body
    onPromised({ id: String(id), writer: name, contactId, ...said, place: { conversationId: String(conversationId), seq: Number(seq) } })
    return true
  }

  async function comeBack(url: string): Promise<GuestSocket> {
    const socket = await openGuestSocket(url, deploymentId)
    const session = await configure(socket, deploymentId, token)
    const additions = session.body['beckon']
    if (typeof additions === 'object' && additions !== null && 'contactId' in additions) contactId = String(additions.contactId)
    return socket
  }

  return {
    refusals,
    get contactId() {
      return contactId
    },
    async write(url) {
      using socket = await comeBack(url)
      socket.onFrame((frame) => {
        if (heard(frame) && unacknowledged.size < window) sayNext(socket)
      })
      for (const [clientId, { text }] of unacknowledged) speak(socket, clientId, text)
      while (unacknowledged.size < window) sayNext(socket)
      await socket.closed
    },
    async finish(url) {
      using socket = await comeBack(url)
      await new Promise<void>((resolve, reject) => {
        const done = (): void => (unacknowledged.size === 0 ? resolve() : undefined)
        socket.onFrame((frame) => {
          heard(frame)
          done()
        })
        for (const [clientId, { text }] of unacknowledged) speak(socket, clientId, text)
        done()
        socket.closed.then(() => reject(new Error('the socket ended')), reject)
      })
    },
  }
}
