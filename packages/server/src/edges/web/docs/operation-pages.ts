import { isOperationId, operations, problems, refusalsOf, servedRows, type Operation, type OperationExample } from '@beckon/protocol'
import { html, prose, type Html } from './html.ts'
import type { DocsPage } from './page.ts'
import { schemaTable } from './schema-table.ts'

const whoMayCall: Readonly<Record<Operation['auth'], string>> = {
  none: 'Anybody may call this.',
  client: 'Called with an OAuth client’s own id and secret, by HTTP Basic or in the body.',
  bearer: 'Called with an access token, or from the desk.',
  agent: 'Called from the desk, by an agent who is signed in.',
  'guest-jwt': 'Called with the short-lived token that a guest’s socket hands out.',
}

/** Every operation on one page, by what it is about. */
export function operationsPage(): DocsPage {
  const tags = [...new Set(servedRows.map((row) => row.tags[0]))]
  return {
    title: 'REST API',
    path: '/docs/api',
    body: html`<p>JSON in, JSON out, times as RFC 3339 in UTC, opaque cursors. Lists are <code>{"entities":[…],"pageSize":n,"nextUri":"…"}</code>. Every refusal is
<code>application/problem+json</code> and <a href="/docs/errors">explained</a>. The same as <a href="/openapi.json">OpenAPI 3.1</a>.</p>
${tags.map((tag) => html`<h2>${tag}</h2><div class="scroll" tabindex="0"><table><tbody>${servedRows.filter((row) => row.tags[0] === tag).map(listed)}</tbody></table></div>`)}`,
  }
}

function listed({ method, path, summary, operationId }: Operation): Html {
  return html`<tr><th scope="row"><a href="/docs/api/${operationId}">${summary}</a></th><td><code>${method} ${path}</code></td></tr>`
}

/** One page for each operation. */
export function operationPages(publicUrl: string): readonly DocsPage[] {
  return servedRows.map((row) => ({
    title: row.summary,
    path: `/docs/api/${row.operationId}`,
    body: html`<p class="call"><code>${row.method} ${row.path}</code></p>
${row.description ? html`<p>${prose(row.description)}</p>` : undefined}
${twinOf(row)}
<p>${whoMayCall[row.auth]} ${scopesOf(row)}</p>
${manners(row)}
${fieldsSection('In the path', row.params)}${fieldsSection('In the query', row.query)}${fieldsSection('In the body', row.body)}
<h2>Answers</h2>
${Object.entries(row.responses).map(([status, schema]) => html`<h3>${status}</h3>${schema === null ? html`<p>No body.</p>` : schemaTable(schema)}`)}
${refusalsSection(row)}
<h2>Examples</h2>
${row.examples.map((example) => exampleOf(row, example, publicUrl))}`,
  }))
}

/** What a spelling is another name of. */
function twinOf(row: Operation): Html | undefined {
  const canonical = 'canonical' in row && typeof row.canonical === 'string' && isOperationId(row.canonical) ? operations[row.canonical] : undefined
  if (canonical === undefined) return undefined
  const casings = row.body === undefined ? '' : ' Each key may also begin with a capital letter, as .NET writes it.'
  return html`<p>Met in the field, and accepted as <a href="/docs/api/${canonical.operationId}">${canonical.method} ${canonical.path}</a>: see <a href="/docs/coming-from#${row.operationId}">what to write</a>.${casings}</p>`
}

function scopesOf({ scopes, scopeRules }: Operation): Html | undefined {
  if (scopes.length === 0) return undefined
  const list = (names: readonly string[]): Html => html`${names.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="/docs/scopes#${name}"><code>${name}</code></a>`)}`
  if (!scopeRules) return html`Any one of these scopes suffices: ${list(scopes)}.`
  return html`${scopeRules.map(({ when, scopes: some }) => html`With <code>${when.field}</code>${when.equals ? html` = <code>${when.equals}</code>` : undefined}, any one of ${list(some)} suffices. `)}`
}

function manners({ idempotent, etag, ifMatch, consumes }: Operation): Html {
  const lines = [
    idempotent ? 'Takes an `Idempotency-Key`: a repetition with the same key and body gets the first answer, marked `Idempotent-Replayed: true`.' : undefined,
    etag ? 'Answers carry an `ETag`.' : undefined,
    ifMatch ? `Takes an \`If-Match\` with the \`ETag\` the change is based on${ifMatch === 'required' ? ', and refuses without one' : ''}.` : undefined,
    consumes ? `The body is \`${consumes}\`.` : undefined,
  ].filter((line) => line !== undefined)
  return html`${lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${prose(line)}</li>`)}</ul>` : undefined}`
}

function fieldsSection(title: string, schema: unknown): Html | undefined {
  return schema === undefined ? undefined : html`<h2>${title}</h2>${schemaTable(schema)}`
}

function refusalsSection(row: Operation): Html | undefined {
  const codes = refusalsOf(row)
  if (codes.length === 0) return undefined
  const lines = codes.map((code) => html`<li>${problems[code].status} <a href="/docs/errors/${code}"><code>${code}</code></a>: ${prose(problems[code].cause)}</li>`)
  return html`<h2>Refusals</h2><ul>${lines}</ul>`
}

function exampleOf(row: Operation, example: OperationExample, publicUrl: string): Html {
  const path = row.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(example.params?.[name], `$${name}`))
  const query = new URLSearchParams(Object.entries(example.query ?? {}).map(([name, value]): [string, string] => [name, shown(value, '')])).toString()
  const command = [
    `curl ${row.method === 'GET' ? '' : `-X ${row.method} `}'${publicUrl}${path}${query === '' ? '' : `?${query}`}'`,
    ...(row.auth === 'bearer' ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(row.auth === 'client' ? ['-u "$CLIENT_ID:$CLIENT_SECRET"'] : []),
    ...(example.body === undefined ? [] : bodyArguments(row, example.body)),
  ]
  const answer = example.answer === undefined ? undefined : html`<pre tabindex="0"><code>${typeof example.answer === 'string' ? example.answer : JSON.stringify(example.answer, null, 2)}</code></pre>`
  return html`<h3>${example.summary}</h3><pre tabindex="0"><code>${command.join(' \\\n  ')}</code></pre><p>Answer: ${example.status}</p>${answer}`
}

function bodyArguments({ consumes }: Operation, body: unknown): readonly string[] {
  if (consumes === undefined) return ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`]
  return Object.entries(body ?? {}).map(([name, value]) => `-d '${name}=${shown(value, '')}'`)
}

function shown(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : otherwise
}
