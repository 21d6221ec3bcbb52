import { faqEntries, faqPreparation } from './faq-entries.ts'
import { html, prose } from './html.ts'
import type { DocsPage } from './page.ts'

/** The rumours of the field, each with its answer and a proof to run against this very server. */
export function faqPage(publicUrl: string): DocsPage {
  const here = (text: string): string => text.replaceAll('http://127.0.0.1:8080', publicUrl)
  return {
    title: 'Rumours and answers',
    path: '/docs/faq',
    body: html`<p>What is said about web messaging in the field, and what is true here. Each answer ends with lines of shell that show it, after these:</p>
<pre tabindex="0"><code>${here(faqPreparation)}</code></pre>
${faqEntries.map(({ question, answer, proof, prints }) => html`<h2>${question}</h2><p>${prose(answer)}</p>
<pre tabindex="0"><code>${here(proof)}</code></pre><p>prints</p><pre tabindex="0"><code>${prints}</code></pre>`)}`,
  }
}
