import { render } from 'preact'
import type { Attendance } from '../attend/attend.ts'
import { adoptSheet } from '../loader/adopt-sheet.ts'
import { PanelProvider } from './panel-context.ts'
import { Panel } from './panel.tsx'
import attachCss from './files/attach.css'
import css from './panel.css'

export interface MountedPanel {
  readonly unmount: () => void
}

const dressed = new WeakSet<ShadowRoot>()

/** Shows the panel before the launcher, so that it also comes first for the keyboard. */
export function mountPanel(
  root: ShadowRoot,
  { attendance, close }: { readonly attendance: Attendance; readonly close: () => void },
): MountedPanel {
  if (!dressed.has(root)) adoptSheet(root, css + attachCss)
  dressed.add(root)
  const place = document.createElement('div')
  root.prepend(place)
  render(
    <PanelProvider value={{ ...attendance, refocus: () => refocus(place) }}>
      <Panel close={close} />
    </PanelProvider>,
    place,
  )
  return {
    unmount: () => {
      render(null, place)
      place.remove()
    },
  }
}

function refocus(place: HTMLElement): void {
  const target = place.querySelector('textarea') ?? place.querySelector<HTMLElement>('.panel')
  target?.focus()
}
