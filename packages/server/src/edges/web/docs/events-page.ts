import { Event, eventData, eventTypes, TypingEvent } from '@beckon/protocol'
import { html } from './html.ts'
import type { DocsPage } from './page.ts'
import { schemaTable } from './schema-table.ts'

/** What other systems are told, and how. */
export function eventsPage(): DocsPage {
  return {
    title: 'Events',
    path: '/docs/events',
    body: html`<p>Events are written in the same transaction as the change they tell of, and stay in a feed that is read with a cursor: <a href="/docs/api/list-events">by long poll</a> or
<a href="/docs/api/stream-events">as a stream</a>. Whoever remembers the last cursor misses nothing. Ignore keys and types you do not know.</p>
<h2>Every event</h2>${schemaTable(Event)}
${eventTypes.map((type) => html`<h2 id="${type}"><code>${type}</code></h2><p>In <code>data</code>:</p>${schemaTable(eventData[type])}`)}
<h2 id="typing"><code>typing</code></h2><p>In the stream only, without an id, never repeated.</p>${schemaTable(TypingEvent)}`,
  }
}
