import { fields, list, text } from '../wire/fields.ts'
import type { OpenGuestSocket } from './guest-socket.ts'

/**
 * The WebSocket that browsers and Node have built in. It never says why an upgrade was refused, so after a refusal the
 * public documents of the deployment are asked: they tell "never" (unknown id, foreign origin) from "later".
 */
export const openWebSocket: OpenGuestSocket = (url, listener) => {
  const socket = new WebSocket(url)
  let hasOpened = false
  socket.addEventListener('open', () => {
    hasOpened = true
    listener.opened()
  })
  socket.addEventListener('message', (event) => {
    if (typeof event.data === 'string') listener.received(event.data)
  })
  socket.addEventListener('close', () => {
    if (hasOpened) listener.ended()
    else void refusedStatus(url).then(listener.ended)
  })
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(1000),
  }
}

async function refusedStatus(socketUrl: string): Promise<number | undefined> {
  const url = new URL(socketUrl)
  const id = encodeURIComponent(url.searchParams.get('deploymentId') ?? '')
  const documents = `${url.origin.replace(/^ws/, 'http')}/webdeployments/v1/deployments/${id}`
  try {
    const config = await fetch(`${documents}/config.json`)
    if (!config.ok) return config.status === 404 ? 403 : config.status
    const domains = fields(await (await fetch(`${documents}/domains.json`)).json())
    return allowsThisPage(domains['allowAllDomains'] !== false, list(domains['allowedDomains'])) ? undefined : 403
  } catch {
    return undefined
  }
}

function allowsThisPage(allowsAll: boolean, allowed: readonly unknown[]): boolean {
  // Read as a plain field: Node has no location.
  const host = text(fields(fields(globalThis)['location'])['hostname'])
  return (
    allowsAll ||
    host === undefined ||
    allowed.some((entry) => text(entry) === host || host.endsWith(`.${text(entry) ?? '\0'}`))
  )
}
