// The pages of the reference that are rendered from code, and from what. A test holds each file equal to its rendering.
import { renderDomain } from '../../packages/core/src/testing/domain-page/render-domain.ts'
import { genesysOperations, problemCodes, problems, scopeCases, scopes } from '../../packages/protocol/src/index.ts'
import { renderComingFrom } from '../../packages/server/src/edges/web/docs/render-coming-from.ts'
import { renderFaq } from '../../packages/server/src/edges/web/docs/render-faq.ts'
import { renderSettings } from '../../packages/server/src/config/render-settings.ts'

export const documents = [
  { path: 'docs/domain.md', render: renderDomain },
  { path: 'docs/guides/coming-from.md', render: renderComingFrom },
  { path: 'docs/guides/faq.md', render: renderFaq },
  { path: 'docs/reference/configuration.md', render: renderSettings },
  { path: 'docs/reference/errors.md', render: renderProblems },
  { path: 'docs/reference/genesys-operations.md', render: renderGenesysOperations },
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

## Which call needs which

Any one of the scopes of a line is enough. A refusal names the first, the narrowest.

| call | needs | or |
|---|---|---|
${scopeCases().map(renderScopeCase).join('\n')}
`
}

function renderScopeCase({ operation: { method, path }, when, scopes: [narrowest, ...wider] }) {
  const use = when === undefined ? '' : ` with \`${when.field}\`${when.equals === undefined ? '' : ` = \`${when.equals}\``}`
  const named = (name) => `\`${name}\``
  return `| \`${method} ${path}\`${use} | ${narrowest === undefined ? 'any token' : named(narrowest)} | ${wider.map(named).join(', ')} |`
}

function renderGenesysOperations() {
  const method = (operationId) => operationId.replace('genesys-', '').replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase())
  const list = (names) => names.map((name) => `\`${name}\``).join(', ')
  const scopesOf = ({ scopes: some, scopeRules }) =>
    scopeRules?.map(({ when, scopes: those }) => `${when.field} \`${when.equals}\`: ${list(those)}`).join('; ') ?? (some.length === 0 ? 'none' : list(some))
  const rows = Object.values(genesysOperations).map((row) => [
    `\`${row.method} ${row.path}\``, `\`${method(row.operationId)}\``, row.summary, scopesOf(row), Object.keys(row.responses).join(', '),
  ])
  return `# The market leader's operations

Every operation of its own that is served, by its Node SDK's name for it. \`getTokensMe\` and \`headTokensMe\` are Beckon's own \`get-my-token\`; every \`GET\` answers
\`HEAD\` too, which is \`headNotificationsChannel\`. How to use them: [guide](../guides/genesys-sdk.md).

| call | in the SDK | does | scope, any of | answers |
|---|---|---|---|---|
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`
}
