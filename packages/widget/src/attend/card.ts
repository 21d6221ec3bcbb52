import type { GuestEntry } from '@beckon/client'
import { svgIcon } from '../loader/svg-icon.ts'
import { named, type Strings } from '../strings/strings.ts'
import { initial } from './initial.ts'

/** The small card beside the launcher that shows a proactive message without opening anything. */
export interface Card {
  readonly show: (entry: GuestEntry) => void
  readonly hide: () => void
}

export interface CardCalls {
  readonly reply: () => void
  readonly dismiss: () => void
}

export function createCard(root: ShadowRoot, strings: Strings, calls: CardCalls): Card {
  const element = part('section', 'card')
  const sender = part('p', 'card-sender')
  const words = part('p', 'card-text')
  const avatar = part('span', 'avatar')
  const reply = button('card-reply', strings.reply, calls.reply)
  const dismiss = button('card-dismiss', '', calls.dismiss)
  const body = part('div', 'card-body')
  let shown: string | undefined
  dismiss.ariaLabel = strings.dismiss
  dismiss.append(svgIcon('M7 7l10 10M17 7 7 17', 'icon'))
  avatar.ariaHidden = 'true'
  body.append(sender, words)
  element.append(avatar, body, dismiss, reply)
  return {
    show: (entry) => {
      if (shown === entry.id) return
      shown = entry.id
      const name = entry.fromName ?? strings.support
      element.ariaLabel = named(strings.cardLabel, name)
      avatar.textContent = initial(name)
      sender.textContent = name
      words.textContent = wordsOf(entry)
      words.dir = 'auto'
      root.prepend(element)
    },
    hide: () => {
      if (shown === undefined) return
      shown = undefined
      element.remove()
    },
  }
}

/** What a message says; one that only carries files says what they are called. */
export function wordsOf({ text, files }: GuestEntry): string {
  return text === '' ? files.map(({ name }) => name).join(', ') : text
}

function part(tag: 'section' | 'div' | 'p' | 'span', className: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  return element
}

function button(className: string, words: string, press: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = className
  element.textContent = words
  element.addEventListener('click', press)
  return element
}
