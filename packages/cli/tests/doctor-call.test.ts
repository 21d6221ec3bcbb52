import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBeckon, type Beckon } from '@beckon/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPaint } from '../src/output/paint.ts'
import { run } from '../src/run.ts'
import { install, type Installation } from './installation.ts'

let here: Installation
let url: string
let beckon: Beckon
let contactId: string
let conversationId: string

beforeAll(async () => {
  here = await install()
  url = String(JSON.parse(await here.launch('demo').line()).url)
  beckon = createBeckon({ url, clientId: 'demo', clientSecret: 'demo-secret-for-development-only' })
  contactId = (await beckon.createSession({ contact: { name: 'Ada' } })).contactId
  conversationId = (await beckon.sendToContact(contactId, { text: 'Welcome' })).conversationId ?? ''
})

afterAll(async () => {
  await here[Symbol.asyncDispose]()
})

const elsewhere = 'https://api.mypurecloud.com/api/v2'

/** Whatever the server has told anybody so far: the same before and after means that nothing was changed. */
async function everything(): Promise<string> {
  const { cursor } = await beckon.listEvents({ after: 'latest', limit: 1 })
  return JSON.stringify([cursor, await beckon.getConversation(conversationId)])
}

describe('beside a running server', () => {
  test('a send is planned and not made, by whatever name it goes', async () => {
    await here.beckon('close', conversationId)
    const before = await everything()
    const lines = [
      `curl --json '{"Text":"Are you there?"}' -H "Authorization: Bearer $T" ${elsewhere}/conversations/webchat/${conversationId}/messages`,
      `curl --json '{"text":"Are you there?"}' -H "Authorization: Bearer $T" ${elsewhere}/conversations/messaging/contacts/${contactId}/messages`,
      `curl --json '{"text":"Are you there?","contactId":"${contactId}"}' -H "Authorization: Bearer $T" ${elsewhere}/conversations/messaging/messages`,
    ]

    for (const line of lines) {
      const { code, out } = await here.beckon('doctor', 'call', line)
      expect(out).toContain('reopens the conversation')
      expect(out).toContain(`curl -X POST '${url}/api/v2/conversations/messaging/`)
      expect(code).toBe(0)
    }
    expect(await everything()).toBe(before)
  })

  test('closing, reopening and erasing are looked at, and not done', async () => {
    const before = await everything()

    const close = await here.beckon('doctor', 'call', '--', 'curl', '-X', 'DELETE', `${elsewhere}/conversations/webmessaging/instances/${conversationId}`, '-H', `Authorization: Bearer ${await token()}`)
    const reopen = await here.beckon('doctor', 'call', `curl -X PATCH --json '{"status":"open"}' -H "Authorization: Bearer $T" ${elsewhere}/conversations/messaging/${conversationId}`)
    const erase = await here.beckon('doctor', 'call', `curl -X DELETE -H "Authorization: Bearer $T" ${elsewhere}/contacts/${contactId}`)
    const official = await here.beckon('doctor', 'call', `curl -X POST -H "Authorization: Bearer $T" ${elsewhere}/conversations/${conversationId}/disconnect`)

    for (const { code, out } of [close, reopen, official]) expect([code, out]).toEqual([0, expect.stringMatching(/the conversation is (?:open|closed)/)])
    expect([erase.code, erase.out]).toEqual([0, expect.stringContaining('the contact is known')])
    expect(await everything()).toBe(before)
  })

  test('a token in the line is asked what it holds, the scope that is missing is named, and the token is not shown', async () => {
    const narrow = await token('conversations:read')

    const { code, out, err } = await here.beckon('doctor', 'call', `curl -X DELETE -H 'Authorization: Bearer ${narrow}' ${elsewhere}/conversations/webmessaging/instances/${conversationId}`)

    expect(code).toBe(6)
    expect(out).toMatch(/✘ scope {5}403: demo has conversations:read, and none of webmessaging:write/)
    expect(out + err).not.toContain(narrow)
  })

  test('what the state would refuse is told with its status', async () => {
    await here.beckon('close', conversationId)

    const { code, out } = await here.beckon('doctor', 'call', `curl --json '{"text":"Hi","policy":{"whenClosed":"reject"}}' -H "Authorization: Bearer $T" http://x/api/v2/conversations/messaging/${conversationId}/messages`)

    expect([code, out]).toEqual([6, expect.stringContaining('409: The conversation was closed at')])
  })

  test('an id that nothing has is told as that', async () => {
    const { out } = await here.beckon('doctor', 'call', `curl -H "Authorization: Bearer $T" ${elsewhere}/contacts/nobody`)

    expect(out).toContain('404: There is no contact nobody.')
  })

  test('ids in variables are not looked up', async () => {
    const { code, out } = await here.beckon('doctor', 'call', `curl -H "Authorization: Bearer $T" "${elsewhere}/contacts/$CONTACT"`)

    expect([code, out]).toEqual([0, expect.not.stringContaining('404')])
  })
})

describe('without a server', () => {
  const away = ['--url', 'http://127.0.0.1:1'] as const

  test('it says what it can, and what it could not check', async () => {
    const { code, out } = await here.beckon('doctor', 'call', ...away, `curl -X DELETE -H "Authorization: Bearer $T" ${elsewhere}/conversations/webmessaging/instances/0198`)

    expect(code).toBe(0)
    expect(out).toContain('end-webmessaging-instance')
    expect(out).toContain('needs webmessaging:write (admin:conversation:write would do as well)')
    expect(out).toContain('no server was asked')
  })

  test('several lines are read from standard input or a file, and told to scripts as JSON', async () => {
    const file = join(here.dataDir, 'failing.sh')
    await writeFile(file, `curl -X PATCH '${elsewhere}/conversations/messaging/0198' \\\n  -H "Authorization: Bearer $T" \\\n  --json '{"status":"open"}'\n`)

    const { stdout } = await piped(file)

    expect(JSON.parse(stdout)).toMatchObject({
      wouldSucceed: true, method: 'PATCH', host: 'api.mypurecloud.com', operationId: 'update-conversation', kind: 'documented',
      canonical: { method: 'PATCH', path: '/api/v2/conversations/messaging/0198', body: { status: 'open' } }, curl: expect.stringContaining('curl -X PATCH'),
    })
  })

  test('no secret of the line comes back, in words or in JSON, in good or in ill', async () => {
    const lines = [
      `curl -u me:hunter2 -H 'Authorization: Bearer hunter2' -H 'X-Api-Key: hunter2' --json '{"name":"Ada","token":"hunter2"}' https://me:hunter2@api.example.com/api/v2/contacts?access_token=hunter2`,
      `curl -d 'grant_type=client_credentials&client_secret=hunter2' https://api.example.com/oauth/token`,
      `curl --json '{"name":"mira","password":"hunter2"}' https://api.example.com/api/v2/agents/login`,
      `curl --json '{"name":"mira","password":"hunter2-and-more",}' https://api.example.com/api/v2/agents/login`,
      `curl -F password=hunter2 https://api.example.com/api/v2/contacts`,
    ]

    for (const line of lines) {
      for (const json of [[], ['--json']]) {
        const { said } = await ran('doctor', 'call', ...away, ...json, line)
        expect(said).not.toContain('hunter2')
      }
    }
  })

  test('what cannot be read ends with 2, what would be refused with 6', async () => {
    const codes = []
    for (const line of ['wget http://x', `curl 'http://x`, 'curl -F a=b http://x', `curl ${elsewhere}/contacts`]) codes.push((await ran('doctor', 'call', ...away, line)).code)

    expect(codes).toEqual([2, 2, 2, 6])
  })
})

/** The same in this process, for what needs many lines. */
async function ran(...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = []
  const say = (line: string): void => void lines.push(line)
  const code = await run(words, {
    env: { BECKON_DATA_DIR: here.dataDir }, stop: new AbortController().signal, now: () => 0, readStandardInput: () => Promise.resolve(''),
    terminal: { out: say, note: say, paint: createPaint(false), columns: 100 },
  })
  return { code, said: lines.join('\n') }
}

async function token(...scopes: readonly string[]): Promise<string> {
  const { out } = await here.beckon('token', ...(scopes.length === 0 ? [] : ['--scope', scopes.join(',')]))
  return out.trim()
}

async function piped(file: string): Promise<{ readonly stdout: string }> {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const program = join(import.meta.dirname, '../src/main.ts')
  return promisify(execFile)('sh', ['-c', `"${process.execPath}" "${program}" doctor call --json --url http://127.0.0.1:1 - < "${file}"`], { env: { PATH: process.env['PATH'] ?? '', BECKON_DATA_DIR: here.dataDir } })
}
