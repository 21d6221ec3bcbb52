import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'bench/README.md', 'conformance/README.md', 'examples/**/README.md'], { cwd: root }).toSorted()

test.for(documents)('%s names only files that exist', (document) => {
  const text = readFileSync(join(root, document), 'utf8')
  const links = Array.from(text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g), ([, target]) => join(dirname(document), target ?? ''))
  const paths = Array.from(text.matchAll(/`((?:packages|bench|conformance|docs|scripts)\/[^`\s*…<>{}]+)`/g), ([, path]) => path ?? '')

  expect([...links, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every decision is in the index, and every guide in the readme', () => {
  const index = readFileSync(join(root, 'docs/adr/README.md'), 'utf8')
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const decisions = globSync('docs/adr/[0-9]*.md', { cwd: root }).map((path) => path.slice('docs/adr/'.length))
  const guides = globSync('docs/guides/*.md', { cwd: root })

  expect(decisions.filter((file) => !index.includes(`(${file})`))).toEqual([])
  expect(guides.filter((file) => !readme.includes(`(${file})`))).toEqual([])
})
