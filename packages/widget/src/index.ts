import { createPage } from './loader/page.ts'

const page = createPage(
  { attend: () => import('./attend/attend.ts'), panel: () => import('./panel/mount-panel.tsx') },
  new URL(import.meta.url).origin,
)

export const { boot, open, close, signIn, signOut, on, off, shutdown } = page
export type { BootOptions } from './loader/page.ts'
export type { MessengerEvents, MessengerListener } from './loader/events.ts'
