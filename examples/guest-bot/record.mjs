// Everything that goes over the guest's socket, in the order in which it went.
import { openWebSocket } from '@beckon/client'

/** A way to open sockets that notes each frame, and the notes. */
export function recording(now) {
  const began = now()
  const frames = []
  const note = (from, text) => frames.push({ at: now() - began, from, frame: withoutToken(JSON.parse(text)) })
  const openSocket = (url, listener) => {
    const socket = openWebSocket(url, {
      ...listener,
      received: (text) => {
        note('server', text)
        listener.received(text)
      },
    })
    return {
      ...socket,
      send: (text) => {
        note('guest', text)
        socket.send(text)
      },
    }
  }
  return { frames, openSocket }
}

/** Whoever has the token is the guest: it is nothing to hand around. */
function withoutToken(frame) {
  return 'token' in frame ? { ...frame, token: '…' } : frame
}
