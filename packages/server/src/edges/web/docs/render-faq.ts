import { faqEntries, faqPreparation } from './faq-entries.ts'

/** The questions as a guide, whose examples are run like those of every guide. */
export function renderFaq(): string {
  const entries = faqEntries.map(({ question, answer, proof, prints }) => `## ${question}\n\n${answer}\n\n${fenced('sh', proof)}\n\n${fenced('text', prints)}`)
  return `# Rumours and answers

What is said about web messaging in the field, and what is true here. Each answer ends with lines of shell that show it; a running server has the same page at
\`/docs/faq\`. Beside \`npm start\`, after somebody has chatted in the demo shop:

${fenced('sh', faqPreparation)}

${entries.join('\n\n')}
`
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}
