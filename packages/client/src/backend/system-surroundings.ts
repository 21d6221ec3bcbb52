import type { Surroundings } from './surroundings.ts'

/** The real clock, chance and network: the only file of the backend SDK that reads them. */
export function systemSurroundings(): Surroundings {
  return {
    // Looked up at each call, so that a test runner or a tracer may replace the global one at any time.
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    sleep,
  }
}

/** Browsers have randomUUID on secure pages only; a desk in a plain local network is none. */
function newId(): string {
  if (typeof globalThis.crypto.randomUUID === 'function') return globalThis.crypto.randomUUID()
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(asError(signal.reason))
    const stop = (): void => {
      clearTimeout(timer)
      reject(asError(signal?.reason))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Whoever aborts may give anything as the reason. */
function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
