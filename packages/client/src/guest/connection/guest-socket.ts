/** One open WebSocket, reduced to what a guest needs. */
export interface GuestSocket {
  /** Sends one text frame. Must not throw when the socket is already going down. */
  readonly send: (text: string) => void
  /** Closes with code 1000. The listener hears nothing more or `ended`; both are fine. */
  readonly close: () => void
}

export interface GuestSocketListener {
  readonly opened: () => void
  readonly received: (text: string) => void
  /** Once, when the socket is gone or never came up. `refusedStatus`: HTTP status of the refused upgrade, if it is known. */
  readonly ended: (refusedStatus?: number) => void
}

/** Begins to open a socket; everything else is told to the listener, never before this returns. */
export type OpenGuestSocket = (url: string, listener: GuestSocketListener) => GuestSocket
