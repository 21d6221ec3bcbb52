import { servedRows, type Operation } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { judgeCall, type Judged } from './judge-call.ts'
import { readCurl } from './read-curl.ts'
import { readyCurl } from './ready-curl.ts'
import { shellWords } from './shell-words.ts'

function judge(line: string): Judged {
  return judgeCall(readCurl(shellWords(line)?.words ?? []))
}

const faults = ({ findings }: Judged): readonly string[] => findings.filter(({ state }) => state === 'bad').map(({ told }) => told)
const auth = `-H 'Authorization: Bearer bkt_0123456789abcdef'`

/** The documented example of a row, as somebody would write it against another product. */
function exampleOf({ method, path, examples: [example], auth: who, ifMatch }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = example?.params?.[name]
    return typeof value === 'string' ? value : '0198'
  })
  const body = example?.body === undefined ? '' : ` -H 'content-type: application/json' -d '${JSON.stringify(example.body).replaceAll("'", String.raw`'\''`)}'`
  const cookie = who === 'agent' ? ` -H 'Cookie: beckon_agent=x'` : ''
  return `curl -X ${method} https://api.mypurecloud.com${filled} ${auth}${cookie}${ifMatch ? ` -H 'If-Match: *'` : ''}${body}`
}

describe('every call that is served is recognised, wherever its line was meant for', () => {
  const rows = servedRows.filter(({ consumes }) => consumes === undefined)

  test.each(rows.map((row) => [row.operationId, row] as const))('%s', (operationId, row) => {
    const judged = judge(exampleOf(row))

    expect(judged.answers?.row.operationId).toBe(operationId)
    expect(faults(judged)).toEqual([])
  })
})

test('a spelling is told with its canonical twin, and the twin as a line that can be pasted', () => {
  const judged = judge(`curl --json '{"Text":"It'\\''s here"}' ${auth} https://api.mypurecloud.com/api/v2/conversations/webchat/0198/messages`)

  expect(judged).toMatchObject({ answers: { kind: 'spelling' }, twin: { method: 'POST', path: '/api/v2/conversations/messaging/0198/messages', body: { text: "It's here" } } })
  expect(judged.twin && readyCurl(judged.twin, 'http://here')).toBe([
    `curl -X POST 'http://here/api/v2/conversations/messaging/0198/messages'`,
    `  -H "Authorization: Bearer $(npx beckon token)"`,
    `  -H 'Content-Type: application/json'`,
    `  -d '{"text":"It'\\''s here"}'`,
  ].join(' \\\n'))
})

test.each([
  ['GET', 'https://me:hunter2@api.mypurecloud.com/api/v2/contacts', 'api.mypurecloud.com', '/api/v2/contacts'],
  ['GET', '$HOST/api/v2/contacts', undefined, '/api/v2/contacts'],
  ['GET', '{{baseUrl}}/api/v2/contacts?pageSize=1', undefined, '/api/v2/contacts'],
  ['GET', 'localhost:8080/api/v2/contacts#top', 'localhost:8080', '/api/v2/contacts'],
  ['GET', '/api/v2/contacts', undefined, '/api/v2/contacts'],
])('%s %s: of the address only the path counts', (method, url, host, path) => {
  const judged = judge(`curl -X ${method} "${url}" ${auth}`)

  expect(judged.place).toMatchObject({ path })
  expect(judged.place.host).toBe(host)
  expect(judged.answers?.row.operationId).toBe('list-contacts')
})

describe('what would be refused is told with its status and a remedy', () => {
  const to = 'https://api.mypurecloud.com/api/v2'
  test.each([
    [`curl ${to}/contacts`, ['401: the line carries no access token']],
    [`curl -u a:b ${to}/contacts`, ['401: -u sends Basic credentials, and this call needs an access token']],
    [`curl -H 'Authorization: Bearer abc' ${to}/contacts`, ['401: what stands behind Bearer is no access token of Beckon']],
    [`curl '${to}/contacts?access_token=bkt_0123456789abcdef'`, ['401: a token in the query is never read: it would end up in logs']],
    [`curl ${auth} -d '{"name":"Ada"}' ${to}/contacts`, ['415: without a Content-Type, curl says that -d is a form']],
    [`curl ${auth} --json '{name:1}' ${to}/contacts`, ['400: the body is no JSON, from its character 2 on']],
    [`curl ${auth} --json '{"nmae":"Ada"}' ${to}/contacts`, ['400: #/nmae is not known here; did you mean name?']],
    [`curl ${auth} '${to}/contacts?pagesize=3'`, ['400: ?pagesize is not known here']],
    [`curl ${auth} -X PATCH --json '{"name":"Shop"}' ${to}/deployments/0198`, ['428: this change needs If-Match']],
    [`curl ${auth} -X PUT ${to}/contacts`, ['405: /api/v2/contacts is served, but not with PUT']],
    [`curl ${auth} -X POST ${to}/conversations/webmessaging/notifications`, ['404: nothing answers POST /api/v2/conversations/webmessaging/notifications']],
  ])('%s', (line, told) => {
    const judged = judge(line)

    expect(faults(judged)).toEqual(told)
    expect(judged.findings.filter(({ state, remedy, name }) => state === 'bad' && name !== 'body' && remedy === undefined)).toEqual([])
  })

  test('an unknown path is told the closest documented one', () => {
    expect(judge(`curl -X POST ${to}/conversations/webmessaging/notifications`).findings[0]?.remedy).toContain('POST /api/v2/conversations/messaging/messages')
  })

  test('headers of another product are no fault, and said to be ignored', () => {
    const judged = judge(`curl ${auth} -H 'X-Genesys-Client-Id: a' ${to}/contacts`)

    expect(faults(judged)).toEqual([])
    expect(judged.findings.map(({ told }) => told)).toContain('x-genesys-client-id: not needed, and ignored')
  })

  test('a body with variables is not judged by what they are called', () => {
    const judged = judge(`curl ${auth} -H 'content-type: application/json' -d "{\\"name\\":$NAME}" ${to}/contacts`)

    expect(faults(judged)).toEqual([])
    expect(judged.findings).toContainEqual({ name: 'body', state: 'skipped', told: 'holds variables, whose values nobody here knows' })
  })
})

test('the scope depends on what the call is to do', () => {
  const scopesOf = (status: string) => judge(`curl ${auth} -X PATCH --json '{"status":"${status}"}' http://x/api/v2/conversations/messaging/0198`).scopes

  expect([scopesOf('closed')[0], scopesOf('open')[0]]).toEqual(['webmessaging:write', 'conversations:write'])
})
