import type { JSX } from 'preact'
import { named } from '../../strings/strings.ts'
import { usePanel } from '../panel-context.ts'

export function Typing({ name }: { readonly name: string | undefined }): JSX.Element {
  const { strings } = usePanel()
  return (
    <div class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {name === undefined ? strings.typing : named(strings.typingNamed, name)}
    </div>
  )
}
