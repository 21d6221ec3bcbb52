import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { initial } from '../attend/initial.ts'
import { panelId } from '../loader/launcher.ts'
import { fileDrop } from './files/file-drop.ts'
import { Footer } from './footer.tsx'
import { Icon } from './icon.tsx'
import { keepFocusInside } from './keep-focus-inside.ts'
import { Notice } from './notice.tsx'
import { usePanel } from './panel-context.ts'
import { ThreadView } from './thread/thread-view.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { useGuestState } from './use-guest-state.ts'

export function Panel({ close }: { readonly close: () => void }): JSX.Element {
  const { guest, look, strings } = usePanel()
  const state = useGuestState(guest)
  const panel = useRef<HTMLDivElement>(null)
  const isFullScreen = useFullScreen(panel)
  const title = look.title ?? strings.chat
  const attach = (files: Iterable<File>): void => {
    for (const file of files) guest.attach({ name: file.name, type: file.type || 'application/octet-stream', body: file })
  }

  useEffect(() => {
    // On a phone the keyboard would cover half of what the guest came to read.
    const target = isFullScreen ? panel.current : panel.current?.querySelector('textarea')
    ;(target ?? panel.current)?.focus()
  }, [])

  return (
    <div
      id={panelId}
      class="panel"
      {...fileDrop(state.fileRules && attach)}
      role="dialog"
      aria-label={title}
      aria-modal={isFullScreen}
      tabIndex={-1}
      ref={panel}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) close()
        if (isFullScreen) keepFocusInside(event)
      }}
    >
      <div class="head">
        <span class="avatar" aria-hidden="true">
          {initial(title)}
        </span>
        <h2>{title}</h2>
        <button type="button" class="close" aria-label={strings.close} onClick={close}>
          <Icon path="close" />
        </button>
      </div>
      <Notice state={state} />
      <ThreadView state={state} />
      <Footer state={state} attach={attach} />
    </div>
  )
}
