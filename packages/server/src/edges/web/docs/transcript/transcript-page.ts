import { readFileSync } from 'node:fs'
import { html, type Html } from '../html.ts'
import type { DocsPage } from '../page.ts'
import { explain, kindOf, type RecordedFrame } from './explain-frame.ts'

const recorded = new URL('return-a-jacket.json', import.meta.url)

/** A recorded conversation of the guest socket, frame by frame. Without a script: what may run here is nothing. */
export function transcriptPage(): DocsPage {
  const frames = readTranscript()
  return {
    title: 'A conversation on the wire',
    path: '/docs/transcript',
    body: html`
<p>Everything that went over one guest’s socket while they returned a jacket: ${frames.length} frames, as they were, but for the token, which is the guest. It was
recorded by the program in <code>examples/guest-bot</code>, which writes down your own with <code>--record</code>.</p>
<p>What is marked as an addition is sent to clients that ask for it with <code>beckon</code> in <code>configureSession</code>, and to nobody else.</p>
<nav class="wire" aria-label="Frames"><ol>${frames.map(overview)}</ol></nav>
<h2>Frame by frame</h2>
<ol class="frames">${frames.map(article)}</ol>`,
  }
}

export function readTranscript(): readonly RecordedFrame[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own recording, and a test has words for each of its frames
  const { frames } = JSON.parse(readFileSync(recorded, 'utf8')) as { readonly frames: readonly RecordedFrame[] }
  return frames
}

function overview(recordedFrame: RecordedFrame, index: number): Html {
  return html`<li class="${recordedFrame.from}"><a href="#frame-${index + 1}">${arrowOf(recordedFrame)} ${kindOf(recordedFrame)}</a>${spoken(recordedFrame)}</li>`
}

function article(recordedFrame: RecordedFrame, index: number, all: readonly RecordedFrame[]): Html {
  const { says, isAddition } = explain(recordedFrame)
  const number = index + 1
  return html`
<li class="${recordedFrame.from}" id="frame-${number}">
<h3>${number}. ${arrowOf(recordedFrame)} ${kindOf(recordedFrame)} <small>after ${(recordedFrame.at / 1000).toFixed(2)} s</small>${isAddition ? html` <em>addition</em>` : undefined}</h3>
<p>${says}</p>
<details><summary>The frame</summary><pre tabindex="0"><code>${JSON.stringify(recordedFrame.frame, undefined, 2)}</code></pre></details>
${number < all.length ? html`<p class="next"><a href="#frame-${number + 1}">Next frame</a></p>` : undefined}
</li>`
}

function arrowOf({ from }: RecordedFrame): string {
  return from === 'guest' ? 'guest →' : '← server'
}

function spoken({ frame }: RecordedFrame): Html | undefined {
  const text = frame.message?.text ?? frame.body?.text
  if (text !== undefined && text !== '') return html` <q>${text}</q>`
  const happened = frame.body?.event ?? frame.body?.events?.[0]?.eventType
  return happened === undefined ? undefined : html` <small>${happened.toLowerCase()}</small>`
}
