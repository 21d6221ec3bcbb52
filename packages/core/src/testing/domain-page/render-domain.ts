import { glossary } from './glossary.ts'
import { lifeCycles, type LifeCycle, type Move } from './life-cycles.ts'

/** The page `docs/domain.md`: the words, and each life cycle as a diagram and as a table, from the rows that the code runs on. */
export function renderDomain(): string {
  return `# The domain

The words of the product and the life of its things. This page is rendered from the code (\`npm run docs\`); a test holds the two equal.
What a table does not have cannot happen.

## Words

| word | meaning |
|---|---|
${glossary.map(({ word, meaning }) => `| ${word} | ${meaning} |`).join('\n')}

${lifeCycles.map(renderLifeCycle).join('\n\n')}
`
}

export function renderLifeCycle({ noun, introduction, moves }: LifeCycle): string {
  return `## The life of ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}

${introduction}

\`\`\`mermaid
${renderDiagram(moves)}
\`\`\`

| in state | when | becomes | and |
|---|---|---|---|
${moves.map(({ from, on, to, words }) => `| ${from} | ${on} | ${to === from ? 'the same' : to} | ${words} |`).join('\n')}`
}

/** One arrow for each pair of states, with all its causes on it. */
export function renderDiagram(moves: readonly Move[]): string {
  const pairs = new Map<string, { readonly from: string; readonly to: string; readonly causes: string[] }>()
  for (const { from, on, to } of moves) {
    const pair = pairs.get(`${from} ${to}`) ?? { from, to, causes: [] }
    if (!pair.causes.includes(on)) pair.causes.push(on)
    pairs.set(`${from} ${to}`, pair)
  }
  const arrows = [...pairs.values()].map(({ from, to, causes }) => `  ${from} --> ${to} : ${causes.join(', ')}`)
  return ['stateDiagram-v2', ...arrows].join('\n')
}
