import { keyTable, toldStories, type SpelledCall, type ToldStory } from './spelled-calls.ts'

/** The same as the page, as a guide whose commands are run. */
export function renderComingFrom(): string {
  return `# Coming from another product

These calls are written all over the field. Each of them is accepted as it stands, does what its author wanted, and will go on doing so. They are not a second
API: each is translated into one documented call, which you may write instead, and the \`Link\` header of every answer names it
([ADR 0008](../adr/0008-compatibility-is-translation-only.md), [ADR 0028](../adr/0028-spellings-point-to-their-twin.md)). A running server has the same at
\`/docs/coming-from\`, with its own address in it.

Runs as it stands beside \`npm start\`, after somebody has chatted in the demo shop:

\`\`\`sh
TOKEN=$(npx beckon token)
API=http://127.0.0.1:8080/api/v2/conversations/messaging
api() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@"; }
pick() { grep -o "\\"$1\\":\\"[^\\"]*\\"" | head -n 1 | cut -d '"' -f 4; }
LATEST=$(api "$API?pageSize=1")
CONVERSATION=$(echo "$LATEST" | pick id); CONTACT=$(echo "$LATEST" | pick contactId)
PARTICIPANT=$(api $API/$CONVERSATION/participants | pick id)
SESSION=$(api $API/sessions -d '{"contactId":"'$CONTACT'"}' | pick sessionId)
\`\`\`

The ids are addresses, not credentials: those that your program stored years ago will do as well.
${toldStories('http://127.0.0.1:8080').map(renderStory).join('')}
## What the keys mean

| written | means |
|---|---|
${keyTable.map(([written, meaning]) => `| ${written} | ${meaning} |`).join('\n')}

Two spellings of one key that disagree, and two ids that lead to two people, are refused with 400, pointing at both as you wrote them. A key that nobody knows
is refused, too, naming the closest one that is known.

## What stays the same

A scope that suffices for a spelling need not suffice for the documented call: \`webchat:write\` sends by the \`webchat\` paths and by no other, and the
[scopes](../reference/scopes.md) are listed for each. \`Idempotency-Key\`, \`If-Match\`, rates and [refusals](../reference/errors.md) are those of the documented
call. Every answer has

\`\`\`http
Link: </api/v2/conversations/messaging/{conversationId}/messages>; rel="canonical", </docs/coming-from#send-to-participant>; rel="help"; title="POST /api/v2/…"
\`\`\`

and an accepted send says it once more, as \`canonical\` in its body.
`
}

function renderStory({ title, outcome, rows }: ToldStory): string {
  return `\n## ${title}\n\n${outcome}\n${rows.map(({ row, calls }) => `\n### \`${row.method} ${row.path}\`\n\n${calls.map(renderCall).join('\n')}`).join('')}`
}

function renderCall({ summary, written, documented }: SpelledCall): string {
  if (documented === undefined) return `${summary}: the documented call already.\n\n${fenced(written)}`
  return `${summary}:\n\n${fenced(written)}\nWhich is\n\n${fenced(documented)}`
}

function fenced(command: string): string {
  return `\`\`\`sh\n${command}\n\`\`\`\n`
}
