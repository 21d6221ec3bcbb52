import { html } from './html.ts'
import type { DocsPage } from './page.ts'

/** From nothing to a message on a guest's screen. */
export function startPage(publicUrl: string): DocsPage {
  const token = `curl -s ${publicUrl}/oauth/token -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials`
  const send = `curl -s ${publicUrl}/api/v2/conversations/messaging/contacts/$CONTACT_ID/messages \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "Idempotency-Key: order-4711-ready" \\
  -d '{"text":"Your order is ready.","from":{"name":"Mira"},"proactive":true}'`
  const snippet = `<script async src="${publicUrl}/widget/loader.js" data-deployment="DEPLOYMENT_ID"></script>`
  return {
    title: 'Reach a guest who is not looking',
    path: '/docs',
    body: html`
<p>Beckon keeps four things apart that have four different lifetimes: the <strong>contact</strong> (a person, for years), the <strong>conversation</strong> (a thread, for days),
the <strong>session</strong> (one browser’s authority, for hours) and the <strong>connection</strong> (one live socket). Ids of all of them are addresses that you may store for
years; only tokens are credentials. A send is accepted in whatever state the customer is, and its answer says what was found and what happens next.</p>
<h2>1. Put the messenger on a page</h2>
<pre tabindex="0"><code>${snippet}</code></pre>
<p>The <a href="/">demo page</a> does just this. Deployments are made with <a href="/docs/api/create-deployment">create-deployment</a>.</p>
<h2>2. Get a token</h2>
<pre tabindex="0"><code>${token}</code></pre>
<h2>3. Send</h2>
<pre tabindex="0"><code>${send}</code></pre>
<p>An open tab shows it at once; a closed one finds it on return. A closed conversation reopens, unless the send’s policy says otherwise:
<a href="/docs/api/send-to-contact">send-to-contact</a> lists every policy, and <code>"dryRun": true</code> tells the plan without doing anything.</p>
<h2>Where to go on</h2>
<ul>
<li><a href="/docs/api">REST API</a>: every call, with its scopes, fields, answers and refusals; the same as <a href="/openapi.json">OpenAPI 3.1</a>.</li>
<li><a href="/docs/events">Events</a>: what other systems are told, by long poll and by stream.</li>
<li><a href="/docs/transcript">On the wire</a>: one conversation of the guest socket, frame by frame.</li>
<li><a href="/docs/errors">Refusals</a>: every way the API says no, and what works instead.</li>
<li><a href="/docs/scopes">Scopes</a>: what a token may do.</li>
<li><a href="/docs/coming-from">Coming from another product</a>: the calls you have written already, and what they are called here.</li>
<li><a href="/docs/faq">Rumours and answers</a>: what is said in the field, and what is true here.</li>
<li><a href="/desk">Desk</a>: where agents answer.</li>
</ul>`,
  }
}
