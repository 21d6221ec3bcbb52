// The pages of the reference that are rendered from code, and from what. A test holds each file equal to its rendering.
import { renderDomain } from '../../packages/core/src/testing/domain-page/render-domain.ts'
import { problemCodes, problems, scopes } from '../../packages/protocol/src/index.ts'
import { renderSettings } from '../../packages/server/src/config/render-settings.ts'

export const documents = [
  { path: 'docs/domain.md', render: renderDomain },
  { path: 'docs/reference/configuration.md', render: renderSettings },
  { path: 'docs/reference/errors.md', render: renderProblems },
  { path: 'docs/reference/scopes.md', render: renderScopes },
]

function renderProblems() {
  const rows = problemCodes.map((code) => {
    const { status, title, cause, remedy } = problems[code]
    return `## \`${code}\`\n\n${status} · ${title}\n\n${cause}\n\n**What to do:** ${remedy}`
  })
  return `# Refusals

Every refusal of the REST API is \`application/problem+json\` (RFC 9457) with one of these codes. Permission, address, input and state never stand in for
one another. A running server serves the same, with examples, at \`/docs/errors\`.

${rows.join('\n\n')}
`
}

function renderScopes() {
  return `# Scopes

What a token may do. They are checked before any state is looked at; a missing one is always \`insufficient_scope\`, which names it.

| scope | allows |
|---|---|
${scopes.map(({ name, allows }) => `| \`${name}\` | ${allows} |`).join('\n')}
`
}
