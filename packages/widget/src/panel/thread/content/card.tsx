import type { JSX } from 'preact'
import { parts, webAddress, words, type Part } from './read-part.ts'
import type { Choose } from './rich-content.tsx'

export function Card({ card, choose }: { readonly card: Part; readonly choose: Choose }): JSX.Element {
  return (
    <div class="item">
      <Heading of={card} />
      {parts(card['actions']).map((action, at) => (
        <Action key={at} action={action} choose={choose} />
      ))}
    </div>
  )
}

/** A picture, a title and a line below it, as far as there are any. */
export function Heading({ of }: { readonly of: Part }): JSX.Element {
  const image = webAddress(of['image'] ?? of['imageUrl'])
  const below = words(of['description'] ?? of['subtitle'])
  return (
    <>
      {image !== undefined && <img src={image} alt="" loading="lazy" />}
      {words(of['title']) !== '' && <strong dir="auto">{words(of['title'])}</strong>}
      {below !== '' && <p dir="auto">{below}</p>}
    </>
  )
}

function Action({ action, choose }: { readonly action: Part; readonly choose: Choose }): JSX.Element | null {
  const text = words(action['text'])
  const address = webAddress(action['url'])
  if (action['type'] === 'Link') {
    return address === undefined ? null : (
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
    )
  }
  const payload = words(action['payload']) || text
  return (
    <button type="button" disabled={choose === undefined} onClick={() => choose?.({ type: 'Button', text, choices: [{ text, payload }] })}>
      {text}
    </button>
  )
}
