import { exampleProblem, operations, problemCodes, problems, refusalsOf, type Operation } from '@beckon/protocol'
import { html, prose } from './html.ts'
import type { DocsPage } from './page.ts'

/** Every way the API says no, on one page. */
export function refusalsPage(): DocsPage {
  const rows = problemCodes.map((code) => {
    const { status, title } = problems[code]
    return html`<tr><td>${status}</td><th scope="row"><a href="/docs/errors/${code}"><code>${code}</code></a></th><td>${title}</td></tr>`
  })
  return {
    title: 'Refusals',
    path: '/docs/errors',
    body: html`<p>Every refusal is <code>application/problem+json</code> (RFC 9457) with <code>code</code>, <code>message</code>, <code>status</code> and <code>contextId</code> beside it. Its
<code>type</code> is one of these pages. Permission, address, input and state never stand in for one another, and where a call would work, <code>actions</code> names it.</p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Says</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  }
}

/** One page for each code: what a problem's `type` leads to. */
export function refusalPages(publicUrl: string): readonly DocsPage[] {
  const rows: readonly Operation[] = Object.values(operations)
  return problemCodes.map((code) => {
    const { status, title, cause, remedy } = problems[code]
    const callers = rows.filter((row) => refusalsOf(row).includes(code))
    const named = callers.map(({ operationId, summary }) => html`<li><a href="/docs/api/${operationId}">${summary}</a></li>`)
    return {
      title,
      path: `/docs/errors/${code}`,
      body: html`<p class="call"><code>${status} ${code}</code></p>
<h2>What it means</h2><p>${prose(cause)}</p>
<h2>What to do</h2><p>${prose(remedy)}</p>
<h2>Example</h2><pre tabindex="0"><code>${JSON.stringify(exampleProblem(code, publicUrl), null, 2)}</code></pre>
${named.length > 0 ? html`<h2>Calls that may answer so</h2><ul>${named}</ul>` : undefined}`,
    }
  })
}
