import { expect, test } from 'vitest'
import { renderPage } from '../page.ts'
import { explain, kindOf } from './explain-frame.ts'
import { readTranscript, transcriptPage } from './transcript-page.ts'

test('the recorded conversation is shown whole, each frame under a number that can be linked to', () => {
  const page = renderPage(transcriptPage())
  const frames = readTranscript()

  expect(frames.length).toBeGreaterThan(15)
  for (const [index, recorded] of frames.entries()) {
    expect(page).toContain(`id="frame-${index + 1}"`)
    expect(page).toContain(`href="#frame-${index + 1}"`)
    expect(page).toContain(kindOf(recorded))
  }
})

test('the page has words for each of its frames', () => {
  const without = readTranscript().filter((recorded) => explain(recorded).says.markup.includes('has no words for'))

  expect(without.map(kindOf)).toEqual([])
})

test('the recording holds no token', () => {
  expect(readTranscript().flatMap(({ frame }) => ('token' in frame ? [frame.token] : [])).filter((token) => token !== '…')).toEqual([])
})

test('what somebody said stays text on the page', () => {
  expect(renderPage(transcriptPage())).toContain('<q>Hello, the jacket I ordered is too small.</q>')
  expect(renderPage(transcriptPage())).not.toContain('<script')
})
