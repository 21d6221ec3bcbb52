import { Dialog } from './dialog.tsx'
import type { ReactNode } from 'react'

const keys = [
  ['j', 'next conversation'],
  ['k', 'previous conversation'],
  ['r', 'reply'],
  ['Ctrl Enter', 'send'],
  ['e', 'close the conversation'],
  ['o', 'reopen it'],
  ['n', 'reach out to somebody'],
  ['/', 'search'],
  ['Esc', 'leave a field or a window'],
  ['?', 'this sheet'],
] as const

export function Shortcuts({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>{key.split(' ').map((part) => <kbd key={part}>{part}</kbd>)}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
