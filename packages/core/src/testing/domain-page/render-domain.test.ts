import { describe, expect, test } from 'vitest'
import { glossary } from './glossary.ts'
import { lifeCycles } from './life-cycles.ts'
import { renderDiagram, renderDomain, renderLifeCycle } from './render-domain.ts'

describe('the page about the domain', () => {
  test('explains each word once', () => {
    const words = glossary.map(({ word }) => word)

    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(renderDomain()).toContain(`| ${word} |`)
  })

  test('tells each life cycle that the code runs on', () => {
    expect(lifeCycles.map(({ noun }) => noun)).toEqual(['conversation', 'session', 'proactive message', 'delivery', 'attachment'])
    for (const { noun } of lifeCycles) expect(renderDomain()).toMatch(new RegExp(`## The life of an? ${noun}`))
  })

  test.for(lifeCycles)('has a table row and an arrow for each row of the life of a $noun', (cycle) => {
    const text = renderLifeCycle(cycle)
    const arrows = renderDiagram(cycle.moves).split('\n').slice(1)

    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(cycle.moves.length + 1)
    for (const { from, on, to } of cycle.moves) {
      expect(arrows.filter((arrow) => arrow.startsWith(`  ${from} --> ${to} : `) && arrow.includes(on))).toHaveLength(1)
    }
    for (const arrow of arrows) expect(arrow).toMatch(/^ {2}\w+ --> \w+ : [\w ,()]+$/)
  })

  test('tells what a row does in words, refusals with their code', () => {
    const text = renderDomain()

    expect(text).toContain('| closed | business sends (reject) | the same | refused: `conversation_closed` |')
    expect(text).toContain('| closed | guest writes (reopen) | open | it reopens |')
    expect(text).toContain('| active | cleared | ended | the token leads nowhere any more |')
    expect(text).toContain('| sent | see | seen | its deliveries: see |')
  })
})
