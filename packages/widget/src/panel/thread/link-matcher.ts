import { LinkifyIt } from 'linkify-it'

export interface TextPart {
  readonly text: string
  /** Set when the part is a link. Only addresses that cannot run anything: http, https, mailto. */
  readonly href: string | undefined
}

const matcher = new LinkifyIt()

export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of matcher.match(text) ?? []) {
    if (!/^(?:https?:\/\/|mailto:)/i.test(match.url)) continue
    parts.push({ text: text.slice(end, match.index), href: undefined }, { text: match.text, href: match.url })
    end = match.lastIndex
  }
  return [...parts, { text: text.slice(end), href: undefined }].filter((part) => part.text !== '')
}
