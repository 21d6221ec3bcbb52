import type { Operation } from '@beckon/protocol'
import { html, prose, type Html } from './html.ts'
import type { DocsPage } from './page.ts'
import { keyTable, toldStories, type SpelledCall } from './spelled-calls.ts'

/** For those who bring calls that they wrote for other products. */
export function comingFromPage(publicUrl: string): DocsPage {
  const told = toldStories(publicUrl)
  return {
    title: 'Coming from another product',
    path: '/docs/coming-from',
    body: html`
<p>These calls are written all over the field. Each of them is accepted as it stands, does what its author wanted, and will go on doing so. They are not a second API: each is
translated into one documented call, which you may write instead, and the <code>Link</code> header of every answer names it.</p>
<ul>${told.map(({ title }, index) => html`<li><a href="#story-${index}">${title}</a></li>`)}</ul>
<h2>Before you try them</h2>
<pre tabindex="0"><code>${setUp(publicUrl)}</code></pre>
<p>The ids are addresses, not credentials: those that your program stored years ago will do as well.</p>
${told.map(({ title, outcome, rows }, index) => html`<section aria-labelledby="story-${index}"><h2 id="story-${index}">${title}</h2><p>${prose(outcome)}</p>${rows.map(rowOf)}</section>`)}
<h2 id="keys">What the keys mean</h2>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Written</th><th scope="col">Means</th></tr></thead>
<tbody>${keyTable.map(([written, meaning]) => html`<tr><th scope="row">${prose(written)}</th><td>${prose(meaning)}</td></tr>`)}</tbody></table></div>
<p>Two spellings of one key that disagree, and two ids that lead to two people, are <a href="/docs/errors/invalid_request">refused</a>, pointing at both as you wrote them. A key that nobody knows is
refused, too, naming the closest one that is known.</p>`,
  }
}

function rowOf({ row, calls }: { readonly row: Operation; readonly calls: readonly SpelledCall[] }): Html {
  return html`<h3 id="${row.operationId}">${row.summary}</h3>
<p class="call"><a href="/docs/api/${row.operationId}"><code>${row.method} ${row.path}</code></a></p>${calls.map(callOf)}`
}

function callOf({ summary, written, documented }: SpelledCall): Html {
  if (documented === undefined) return html`<div class="pair"><div><p>${summary}: the documented call already</p><pre tabindex="0"><code>${written}</code></pre></div></div>`
  return html`<div class="pair"><div><p>${summary}: what you wrote</p><pre tabindex="0"><code>${written}</code></pre></div>
<div><p>What to write</p><pre tabindex="0"><code>${documented}</code></pre></div></div>`
}

function setUp(publicUrl: string): string {
  return `pick() { grep -o "\\"$1\\":\\"[^\\"]*\\"" | head -n 1 | cut -d '"' -f 4; }
TOKEN=$(curl -s ${publicUrl}/oauth/token -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials | pick access_token)
LATEST=$(curl -s "${publicUrl}/api/v2/conversations/messaging?pageSize=1" -H "Authorization: Bearer $TOKEN")
CONVERSATION=$(echo "$LATEST" | pick id); CONTACT=$(echo "$LATEST" | pick contactId)
PARTICIPANT=$(curl -s ${publicUrl}/api/v2/conversations/messaging/$CONVERSATION/participants -H "Authorization: Bearer $TOKEN" | pick id)
SESSION=$(curl -s ${publicUrl}/api/v2/conversations/messaging/sessions -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"contactId":"'$CONTACT'"}' | pick sessionId)`
}
