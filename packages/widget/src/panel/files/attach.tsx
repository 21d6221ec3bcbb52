import type { FileRules } from '@beckon/client'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from '../icon.tsx'
import { usePanel } from '../panel-context.ts'

/** Opens the browser's own choice of files. */
export function Attach({ rules, attach }: { readonly rules: FileRules; readonly attach: (files: Iterable<File>) => void }): JSX.Element {
  const { strings } = usePanel()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="attach" aria-label={strings.attach} onClick={() => field.current?.click()}>
        <Icon path="add" />
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={rules.types.join()}
        onChange={({ currentTarget }) => {
          attach(currentTarget.files ?? [])
          // The same file chosen again is a change too.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
