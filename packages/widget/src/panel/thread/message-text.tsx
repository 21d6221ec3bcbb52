import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { splitLinks, TextPart } from './link-matcher.ts'

/** Text as text nodes, links as links: nothing that somebody wrote is ever parsed as HTML. */
export function MessageText({ text }: { readonly text: string }): JSX.Element {
  const parts = useParts(text)
  return (
    <div dir="auto">
      {parts.map((part, at) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </div>
  )
}

let split: typeof splitLinks | undefined

/** The link matcher is fetched with the first text that may hold a link; until then the text stands plain. */
function useParts(text: string): readonly TextPart[] {
  const [, renew] = useState(0)
  const mayHoldLink = /\w[.:@]\w|:\/\//.test(text)
  useEffect(() => {
    if (!mayHoldLink || split !== undefined) return
    import('./link-matcher.ts').then(
      (module) => {
        split = module.splitLinks
        renew(1)
      },
      () => {},
    )
  }, [mayHoldLink])
  return mayHoldLink && split !== undefined ? split(text) : [{ text, href: undefined }]
}
