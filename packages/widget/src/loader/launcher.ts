import { launcherName } from './launcher-words.ts'
import { svgIcon } from './svg-icon.ts'

/** The round button in the corner. */
export interface Launcher {
  readonly element: HTMLButtonElement
  readonly setOpen: (isOpen: boolean) => void
  readonly setUnread: (count: number) => void
  readonly setBusy: (isBusy: boolean) => void
}

export const panelId = 'beckon-panel'

const bubblePath =
  'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6l-.7 3.1c-.1.5.4.9.9.7l3.7-1.8c.6.1 1.2.1 1.8.1 5 0 9-3.5 9-8.1 0-4.3-4-7.7-9-7.7Z'
const chevronPath = 'm6 9.5 6 6 6-6'

export function createLauncher(locale: string, onPress: () => void): Launcher {
  const element = document.createElement('button')
  const badge = document.createElement('span')
  let isOpen = false
  let unread = 0
  element.type = 'button'
  element.className = 'launcher'
  badge.className = 'badge'
  badge.ariaHidden = 'true'
  element.append(svgIcon(bubblePath, 'glyph chat'), svgIcon(chevronPath, 'glyph down'), badge)
  element.setAttribute('aria-controls', panelId)
  element.addEventListener('click', onPress)

  function show(): void {
    element.ariaLabel = launcherName(locale, isOpen, unread)
    element.ariaExpanded = String(isOpen)
    badge.textContent = unread > 99 ? '99+' : String(unread)
    badge.hidden = unread === 0 || isOpen
  }
  show()

  return {
    element,
    setOpen: (next) => {
      isOpen = next
      show()
    },
    setUnread: (count) => {
      unread = count
      show()
    },
    setBusy: (isBusy) => {
      element.ariaBusy = String(isBusy)
    },
  }
}
