import type { GuestState } from '@beckon/client'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Attach } from './files/attach.tsx'
import { Tray } from './files/files-on-demand.tsx'
import { Icon } from './icon.tsx'
import { usePanel } from './panel-context.ts'

/** Half a message's 4096 bytes in the longest common script; what is still too long is refused by the server and said. */
const maxCharacters = 4000

export function Composer({ state, attach }: { readonly state: GuestState; readonly attach: (files: Iterable<File>) => void }): JSX.Element {
  const { guest, storage, strings } = usePanel()
  const [draft, setDraft] = useState(() => storage.read('draft') ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  const { files, fileRules } = state
  const ready = files.filter(({ status }) => status === 'ready').map(({ fileId }) => fileId)
  // A message waits for the files that are on their way, so that they go along with the words they belong to.
  const isEmpty = (draft.trim() === '' && ready.length === 0) || files.some(({ status }) => status === 'uploading')

  const change = (text: string): void => {
    setDraft(text)
    storage.write('draft', text)
  }
  const send = (): void => {
    if (isEmpty) return
    if (state.phase === 'closed') guest.connect()
    guest.send(draft.trim(), { files: ready })
    change('')
    field.current?.focus()
  }

  useLayoutEffect(() => fitToText(field.current), [draft])

  return (
    <>
      <Tray files={files} />
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {fileRules !== undefined && <Attach rules={fileRules} attach={attach} />}
        <textarea
          ref={field}
          rows={1}
          // An empty field follows the page, so that its placeholder starts on the right side.
          {...(draft === '' ? {} : { dir: 'auto' })}
          maxLength={maxCharacters}
          value={draft}
          placeholder={strings.write}
          aria-label={strings.write}
          enterkeyhint="send"
          onInput={(event) => {
            change(event.currentTarget.value)
            if (event.currentTarget.value.trim() !== '') guest.typing()
          }}
          onPaste={(event) => fileRules !== undefined && takePasted(event, attach)}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return
            event.preventDefault()
            send()
          }}
        />
        <button type="submit" aria-label={strings.send} aria-disabled={isEmpty}>
          <Icon path="send" />
        </button>
      </form>
    </>
  )
}

function takePasted(event: ClipboardEvent, attach: (files: Iterable<File>) => void): void {
  const pasted = event.clipboardData?.files ?? []
  if (pasted.length === 0) return
  event.preventDefault()
  attach(pasted)
}

/** Enter that picks a word from an input method is not Enter; Safari says so only by the key code 229. */
function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229
}

function fitToText(field: HTMLTextAreaElement | null): void {
  if (field === null) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}
