import { operations, scopes, type Operation } from '@beckon/protocol'
import { html, prose } from './html.ts'
import type { DocsPage } from './page.ts'

/** What a token may do, scope by scope. */
export function scopesPage(): DocsPage {
  const rows: readonly Operation[] = Object.values(operations)
  return {
    title: 'Scopes',
    path: '/docs/scopes',
    body: html`<p>A client is given scopes; a token has some or all of its client’s. They are checked before any state is looked at, and a missing one is always
<a href="/docs/errors/insufficient_scope"><code>insufficient_scope</code></a>, which names it.</p>
${scopes.map(({ name, allows }) => {
  const allowed = rows.filter((row) => row.scopes.includes(name)).map(({ operationId, summary }) => html`<li><a href="/docs/api/${operationId}">${summary}</a></li>`)
  return html`<h2 id="${name}"><code>${name}</code></h2><p>${prose(allows)}</p>${allowed.length > 0 ? html`<details><summary>Calls it suffices for</summary><ul>${allowed}</ul></details>` : undefined}`
})}`,
  }
}
