import { canonicalPath, exampleIds, operations, spellings, stories, type Operation, type OperationExample, type Spelling, type Story, type WrittenAsDocumented } from '@beckon/protocol'

/** One call of the field, and the same by its documented name. */
export interface SpelledCall {
  readonly summary: string
  /** As it is written, for a shell. */
  readonly written: string
  /** As it is documented; absent where that is what was written. */
  readonly documented?: string
}

export interface ToldStory extends Pick<Story, 'title' | 'outcome'> {
  readonly rows: readonly { readonly row: Operation; readonly calls: readonly SpelledCall[] }[]
}

/** Every story of the field with its calls, to be run by whoever has set the variables below. */
export function toldStories(publicUrl: string): readonly ToldStory[] {
  return stories.map(({ title, outcome, rows }: Story) => ({
    title,
    outcome,
    rows: rows.map((met) => {
      if (typeof met !== 'string') return { row: operations[met.operation], calls: [documentedCall(met, publicUrl)] }
      const row: Spelling = spellings[met]
      return { row, calls: row.examples.map((example) => spelledCall(row, example, publicUrl)) }
    }),
  }))
}

/** What the calls are addressed by: any of these may be years old. */
const variables = { CONVERSATION: exampleIds.conversation, CONTACT: exampleIds.contact, PARTICIPANT: exampleIds.participant, SESSION: exampleIds.session }

/** What is met, and what it means here. */
export const keyTable: readonly (readonly [string, string])[] = [
  ['`Text`, `content.text`, and any other key beginning with a capital letter', '`text`, and the same key in lower case'],
  ['`webChatSessionId`, `webchatSessionId`', '`sessionId`; the documented calls read all three'],
  ['`senderId`', '`from.id`'],
  ['`from.type`', '`from.kind`; with `contact`, `from.id` is whom the message is for: nobody writes in a guest’s name'],
  ['`messageType` or `type`: `proactive`', '`proactive: true`'],
  ['`type`: `message`, `text`, `standard`', 'nothing: every send is a message'],
  ['`forceOpen: true`', '`policy.whenClosed: "reopen"`'],
  ['`forceOpen: false`', '`policy.whenClosed: "reject"`: 409 if it is closed, naming the calls that go through. A policy that says another way of not opening it, such as `append`, counts instead'],
  ['`status` or `state`: `opened`, `active`, `connected`', '`status: "open"`'],
  ['`status` or `state`: `ended`, `disconnected`', '`status: "closed"`'],
  ['`guest`', '`contact`, somebody new'],
  ['`result.webChatSessionId` of an answer', '`sessionId`'],
]

function documentedCall({ operation, example: { summary, params, body } }: WrittenAsDocumented, publicUrl: string): SpelledCall {
  const row = operations[operation]
  return { summary, written: curlOf({ method: row.method, path: filledIn(row.path, textsOf(params)), body }, publicUrl) }
}

function spelledCall(row: Spelling, { summary, params: given, body }: OperationExample, publicUrl: string): SpelledCall {
  const params = textsOf(given)
  const twin = row.translate({ params, body: body ?? {} })
  if (!twin.ok) throw new Error(`an example of ${row.operationId} does not translate`)
  return {
    summary,
    written: curlOf({ method: row.method, path: filledIn(row.path, params), body }, publicUrl),
    documented: curlOf({ method: operations[row.canonical].method, path: canonicalPath(row, twin.params), body: twin.body }, publicUrl),
  }
}

function filledIn(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
}

function textsOf(params: OperationExample['params']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]))
}

interface ShownCall {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

function curlOf({ method, path, body }: ShownCall, publicUrl: string): string {
  const verb = method === 'GET' ? '' : `-X ${method} `
  const json = body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d '${inShell(JSON.stringify(body), (name) => `'$${name}'`)}'`]
  return [`curl -s ${verb}${publicUrl}${inShell(path, (name) => `$${name}`)}`, '-H "Authorization: Bearer $TOKEN"', ...json].join(' \\\n  ')
}

/** Text in which the ids of the examples are variables of the shell. */
function inShell(text: string, variable: (name: string) => string): string {
  return Object.entries(variables).reduce((shown, [name, id]) => shown.replaceAll(id, variable(name)), text)
}
