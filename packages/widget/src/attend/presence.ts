/** What happens to the page, told to whoever keeps a connection: coming back, going away, losing the network, finding it again. */
export function watchPage(calls: { readonly back: () => void; readonly leaving: () => void; readonly lost: () => void }): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const seen = (): void => (document.visibilityState === 'visible' ? calls.back() : calls.leaving())
  document.addEventListener('visibilitychange', seen, { signal })
  addEventListener('pageshow', seen, { signal })
  addEventListener('pagehide', calls.leaving, { signal })
  addEventListener('online', calls.back, { signal })
  addEventListener('offline', calls.lost, { signal })
  return () => stop.abort()
}
