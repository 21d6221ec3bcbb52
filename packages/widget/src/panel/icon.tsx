import type { JSX } from 'preact'

export const paths = {
  add: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9.5 6 6 6-6',
  send: 'M12 19V5m-6 6 6-6 6 6',
} as const

export function Icon({ path }: { readonly path: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[path]} />
    </svg>
  )
}
