import { readFile } from 'node:fs/promises'

/** One fenced block of a guide that says what to do, and the block after it that says what comes of it. */
export interface Example {
  /** Where to look when it fails, as editors understand it. */
  readonly place: string
  readonly language: 'sh' | 'js'
  readonly code: string
  readonly answer?: Answer
}

export interface Answer {
  readonly language: 'json' | 'text'
  readonly text: string
}

/** The documented address, which stands for wherever the server of the moment listens. */
const documentedHost = '127.0.0.1:8080'

interface Block {
  readonly line: number
  readonly language: string
  readonly words: readonly string[]
  readonly text: string
}

/**
 * What a guide asks its reader to run, in order. Every `sh` and `js` block counts, but those marked `shown` or `in-page`: the
 * first start or stop what the reader has running already, the second are for a browser.
 */
export async function readExamples(file: string, name: string, url: string): Promise<readonly Example[]> {
  const text = await readFile(file, 'utf8')
  const blocks = blocksOf(text.replaceAll(documentedHost, new URL(url).host))
  return blocks.flatMap((block, at) => {
    const { language, words, line } = block
    if ((language !== 'sh' && language !== 'js') || words.includes('shown') || words.includes('in-page')) return []
    const answer = answerOf(blocks[at + 1])
    return [{ place: `${name}:${line}`, language, code: block.text, ...(answer === undefined ? {} : { answer }) }]
  })
}

function answerOf(next: Block | undefined): Answer | undefined {
  if (next === undefined || (next.language !== 'json' && next.language !== 'text') || next.words.includes('shown')) return undefined
  return { language: next.language, text: next.text }
}

function blocksOf(text: string): readonly Block[] {
  const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm
  return Array.from(text.matchAll(fence), (match) => ({
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    words: (match[2] ?? '').split(/\s+/).filter((word) => word !== ''),
    text: match[3] ?? '',
  }))
}
