import { seconds, severs, type EndReason, type Timers } from '@beckon/core'
import { guestCloseCodes, pushFrame } from '@beckon/protocol'
import { send, type Connection } from './connection.ts'

/** Tells a socket that its session is over, in the frames and the order that its client understands. */
export type Farewell = (connection: Connection, reason: EndReason) => void

const grace = seconds(5)

/**
 * What is over may be begun again on the same socket after an expiry; after a severing end the client is to close, and
 * one that does not is closed by us, with a code, as some clients fail on a Close frame without (guest-protocol 1.5).
 */
export function createFarewell({ timers, detach }: { readonly timers: Timers; readonly detach: (connection: Connection) => void }): Farewell {
  return (connection, reason) => {
    if (connection.phase !== 'configured') return
    detach(connection)
    if (reason === 'cleared') {
      if (connection.clearAck !== undefined) send(connection, connection.clearAck)
      send(connection, JSON.stringify(pushFrame('SessionClearedEvent', {})))
      return dismiss(timers, connection)
    }
    if (reason === 'signed_out') return logOut(timers, connection)
    if (reason === 'signed_in') return dismiss(timers, connection, 'signedIn')
    if (severs(reason) || reason === 'replaced') return dismiss(timers, connection, reason === 'replaced' ? undefined : reason)
    send(connection, JSON.stringify(pushFrame('SessionExpiredEvent', {})))
    connection.phase = 'detached'
    leaveLater(timers, connection)
  }
}

/** ConnectionClosedEvent, and the end of the socket if its client does not close it. */
export function dismiss(timers: Timers, connection: Connection, reason?: string): void {
  const body = reason === undefined ? {} : { reason, reasonCode: reason }
  send(connection, JSON.stringify(pushFrame('ConnectionClosedEvent', body)))
  connection.phase = 'leaving'
  leaveLater(timers, connection)
}

/** The guest signed out, here or elsewhere: their client forgets its token and closes (guest-protocol 4.9). */
function logOut(timers: Timers, connection: Connection): void {
  send(connection, JSON.stringify(pushFrame('LogoutEvent', {})))
  connection.phase = 'leaving'
  leaveLater(timers, connection)
}

/** A client in its error state does not close its socket, which would then count against its session for ever. */
function leaveLater(timers: Timers, connection: Connection): void {
  connection.cancelTimers.get('leave')?.()
  connection.cancelTimers.set('leave', timers.after(grace, () => connection.socket.close(guestCloseCodes.normal)))
}
