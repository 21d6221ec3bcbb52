import type { Result } from '../run/run-cases.ts'
import type { Verdict } from '../run/verdict.ts'
import { tallyInWords, tallyOf } from './tally.ts'

/** A page for the documentation. What came instead holds ids and moments, differs with each run, and is left to the terminal. */
export function renderMarkdown(results: readonly Result[], name: string): string {
  const sections = [...new Set(results.map(({ section }) => section))]
  return `# Conformance of ${name}

What clients of the guest protocol may count on, asked of a running server from outside, one sentence at a time. Rendered by \`npm run conformance\` (see
[its page](../conformance/README.md)), and held equal to what a run says by a test.

**${tallyInWords(tallyOf(results))}.** Every frame that came in any of the cases passed the envelope checker as well.

${sections.map((section) => renderSection(section, results.filter((result) => result.section === section))).join('\n\n')}
`
}

function renderSection(section: string, results: readonly Result[]): string {
  const rows = results.map(({ says, verdict }) => `| ${says.replaceAll('|', String.raw`\|`)} | ${inAWord(verdict)} |`)
  return [`## §${section}`, '', '| | |', '|---|---|', ...rows].join('\n')
}

function inAWord(verdict: Verdict): string {
  if (verdict.status === 'failed') return '**failed**'
  if (verdict.status === 'notApplicable') return `not applicable: ${verdict.reason}`
  return verdict.status === 'needsBackend' ? 'needs a backend' : 'ok'
}
