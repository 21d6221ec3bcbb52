import { scopeCases, scopes, type ScopeCase } from '@beckon/protocol'
import { html, prose, type Html } from './html.ts'
import type { DocsPage } from './page.ts'

/** What a token may do, scope by scope and call by call. */
export function scopesPage(): DocsPage {
  return {
    title: 'Scopes',
    path: '/docs/scopes',
    body: html`<p>A client is given scopes; a token has some or all of its client’s. They are checked before any state is looked at, and a missing one is always
<a href="/docs/errors/insufficient_scope"><code>insufficient_scope</code></a>, which names it. <a href="#calls">Which call needs which</a> is below.</p>
${scopes.map(({ name, allows }) => html`<h2 id="${name}"><code>${name}</code></h2><p>${prose(allows)}</p>${callsWith(name)}`)}
<h2 id="calls">Which call needs which</h2>
<p>Any one of the scopes of a line is enough. A refusal names the first, the narrowest.</p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Call</th><th scope="col">Needs</th><th scope="col">Or</th></tr></thead><tbody>${scopeCases().map(row)}</tbody></table></div>`,
  }
}

function callsWith(name: string): Html | undefined {
  const calls = scopeCases().filter(({ scopes: sufficient }) => sufficient.some((one) => one === name)).map((one) => html`<li>${linked(one)}</li>`)
  return calls.length === 0 ? undefined : html`<details><summary>Calls it suffices for</summary><ul>${calls}</ul></details>`
}

function row(one: ScopeCase): Html {
  const [narrowest, ...wider] = one.scopes.map((name) => html`<a href="#${name}"><code>${name}</code></a> `)
  const { method, path } = one.operation
  return html`<tr><th scope="row">${linked(one)}<br><code>${method} ${path}</code></th><td>${narrowest ?? 'any token'}</td><td>${wider}</td></tr>`
}

function linked({ operation, when }: ScopeCase): Html {
  const use = when && html` with <code>${when.field}${when.equals === undefined ? '' : ` = ${when.equals}`}</code>`
  return html`<a href="/docs/api/${operation.operationId}">${operation.summary}</a>${use}`
}
