/** Markup that is safe to send: text becomes part of it only by way of the `html` tag, which escapes it. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | undefined | readonly Part[]

/** A template whose insertions are escaped, unless they are `Html` themselves; lists are joined, undefined is nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = parts.map((part, index) => `${render(part)}${literals[index + 1] ?? ''}`)
  return { markup: `${literals[0] ?? ''}${written.join('')}` }
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part !== 'object') return escape(String(part))
  return 'markup' in part ? part.markup : part.map((item) => render(item)).join('')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** Text in which `code` is marked as in Markdown. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}
