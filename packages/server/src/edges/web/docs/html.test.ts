import { expect, test } from 'vitest'
import { html, prose } from './html.ts'

test('text becomes text, never markup', () => {
  const text = `<script>alert("1")</script> & 'more'`

  expect(html`<p title="${text}">${text}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;</p>',
  )
})

test('markup stays markup, lists are joined, and nothing is nothing', () => {
  expect(html`<ul>${['a', 'b'].map((item) => html`<li>${item}</li>`)}${undefined}</ul>`.markup).toBe('<ul><li>a</li><li>b</li></ul>')
})

test('what stands between backticks is code, and is escaped all the same', () => {
  expect(prose('send `<text>` & wait').markup).toBe('send <code>&lt;text&gt;</code> &amp; wait')
})
