import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBeckon } from '@beckon/client'
import { reachLastGuest } from '../src/output/demo-banner.ts'
import { install, program } from './installation.ts'
import type { Beckon } from '@beckon/client'
import type { Installation, LongRun } from './installation.ts'

const shell = promisify(execFile)

let here: Installation
let demo: LongRun
let url: string
let beckon: Beckon

beforeAll(async () => {
  here = await install()
  demo = here.launch('demo')
  url = String(JSON.parse(await demo.line()).url)
  beckon = createBeckon({ url, clientId: 'demo', clientSecret: 'demo-secret-for-development-only' })
})

afterAll(async () => {
  await here[Symbol.asyncDispose]()
})

const developmentClient = { clientId: 'demo', clientSecret: 'demo-secret-for-development-only', adminName: '', adminPassword: '', deploymentId: '' }

/** Somebody who has been reached before: a contact with a conversation. */
async function someone(name = 'Ada'): Promise<{ readonly contactId: string; readonly conversationId: string }> {
  const { contactId } = await beckon.createSession({ contact: { name } })
  const { conversationId = '' } = await beckon.sendToContact(contactId, { text: 'Welcome' })
  return { contactId, conversationId }
}

describe('in the folder of a running demo, without a flag', () => {
  test('a message reaches a person by any address, and the command says what was found and done', async () => {
    const { contactId, conversationId } = await someone()
    await here.beckon('close', conversationId, '--reason', 'solved')

    const sent = await here.beckon('send', '--contact', contactId, 'Your parcel is here.')

    expect(sent.code).toBe(0)
    expect(sent.out).toContain('conversation closed')
    expect(sent.out).toContain('reopens the conversation')
    expect((await beckon.getConversation(conversationId)).status).toBe('open')
  })

  test('--last finds whoever was part of the latest conversation', async () => {
    const { contactId } = await someone('Grace')

    const sent = await here.beckon('send', '--last', 'Still there?', '--json')

    expect(JSON.parse(sent.out)).toMatchObject({ contactId, did: 'appended' })
  })

  test('a dry run tells the plan and changes nothing', async () => {
    const { contactId, conversationId } = await someone()
    const before = (await beckon.getConversation(conversationId)).lastSeq

    const planned = await here.beckon('send', '--contact', contactId, '--dry-run', 'What if?')

    expect(planned.out).toContain('Nothing sent. It would:')
    expect((await beckon.getConversation(conversationId)).lastSeq).toBe(before)
  })

  test('the same idempotency key never sends twice', async () => {
    const { contactId, conversationId } = await someone()
    const words = ['send', '--contact', contactId, '--idempotency-key', `key-${contactId}`, 'Once only']

    await here.beckon(...words)
    const before = (await beckon.getConversation(conversationId)).lastSeq
    await here.beckon(...words)

    expect((await beckon.getConversation(conversationId)).lastSeq).toBe(before)
  })

  test('explain draws the way of a message from finding to delivery', async () => {
    const { contactId, conversationId } = await someone()
    await here.beckon('close', conversationId)
    const { messageId } = JSON.parse((await here.beckon('send', '--contact', contactId, '--json', 'Hello again')).out)

    const explained = await here.beckon('explain', String(messageId))

    expect(explained.code).toBe(0)
    expect(explained.out).toContain('Hello again')
    expect(explained.out).toContain('found  conversation closed')
    expect(explained.out).toContain('did    reopens the conversation')
    expect(explained.out).toContain('live: waits for the guest to return')
  })

  test('a message for later waits, and says until when', async () => {
    const { contactId } = await someone()

    const scheduled = await here.beckon('send', '--contact', contactId, '--at', '2h', '--unless', 'replied', 'How was it?')

    expect(scheduled.out).toContain('Scheduled.')
    expect(scheduled.out).toMatch(/waits {6}until .*\(in 2 h\)/)
  })

  test('tail begins where it is told and follows what happens', async () => {
    const { entities } = await beckon.listEvents({ after: 'latest', limit: 1 })
    const { cursor } = await beckon.listEvents({ after: entities.at(-1)?.id ?? 'latest', limit: 1 })
    const tail = here.launch('tail', '--after', cursor, '--type', 'conversation.closed', '--limit', '2', '--json')
    const first = await someone('One')
    const second = await someone('Two')

    await beckon.closeConversation(first.conversationId)
    const heard = JSON.parse(await tail.line())
    await beckon.closeConversation(second.conversationId)

    expect(heard).toMatchObject({ type: 'conversation.closed', conversationId: first.conversationId })
    expect(JSON.parse(await tail.line())).toMatchObject({ conversationId: second.conversationId })
    expect((await tail.ended).code).toBe(0)
  })

  test('tail ends quietly when it is interrupted', async () => {
    const tail = here.launch('tail', '--from-start', '--json')
    await tail.line()

    tail.process.kill('SIGINT')

    expect(await tail.ended).toMatchObject({ code: 0, err: '' })
  })

  test('doctor finds nothing wrong', async () => {
    const found = await here.beckon('doctor', '--json')

    expect(found.code).toBe(0)
    const states = JSON.parse(found.out).map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)
    expect(states).toEqual(['node good', 'data good', 'database good', 'server good', 'clock good', 'ready good', 'worker good', 'token good'])
  })

  test('the shell command of the banner works as it is printed', async () => {
    const { contactId } = await someone('Curl')

    const { stdout } = await shell('sh', ['-c', reachLastGuest(url, developmentClient)])

    expect(JSON.parse(stdout)).toMatchObject({ contactId, did: 'appended' })
  })
})

describe('a client for a program', () => {
  test('is made, gets tokens for its scopes only, changes its secret and ends', async () => {
    const made = await here.beckon('client', 'create', '--name', 'CRM', '--scope', 'contacts:read')
    const credentials = Object.fromEntries(made.out.split('\n').map((line) => line.split('=', 2)))
    await using theirs = await install({ BECKON_URL: url, ...credentials })

    const refused = await theirs.beckon('send', '--contact', 'x', 'Hello')
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('403 insufficient_scope')
    expect(refused.err).toContain('messaging:contact:write')
    expect((await theirs.beckon('token', '--check')).out).toContain('contacts:read')

    await here.beckon('client', 'rotate', String(credentials['BECKON_CLIENT_ID']))
    const outdated = await theirs.beckon('token')
    expect(outdated.code).toBe(3)
    expect(outdated.err).toContain('invalid_client')

    await here.beckon('client', 'delete', String(credentials['BECKON_CLIENT_ID']), '--yes')
    expect((await here.beckon('client', 'list')).out).not.toContain('CRM')
  })

  test('a scope that does not exist is refused before anything is asked', async () => {
    const made = await here.beckon('client', 'create', '--name', 'CRM', '--scope', 'contacts:reed')

    expect(made.code).toBe(2)
    expect(made.err).toContain('There is no scope contacts:reed')
  })
})

describe('what goes wrong', () => {
  test('a refusal names the call that would work, and exits with 3', async () => {
    const { conversationId } = await someone()
    await beckon.closeConversation(conversationId)

    const refused = await here.beckon('send', '--conversation', conversationId, '--when-closed', 'reject', 'Hello')

    expect(refused.code).toBe(3)
    expect(refused.err).toContain('409 conversation_closed')
    expect(refused.err).toContain('would work now: PATCH')
  })

  test('--json puts the whole refusal on standard error', async () => {
    const refused = await here.beckon('explain', '01900000-0000-7000-8000-00000000dead', '--json')

    expect(refused).toMatchObject({ code: 3, out: '' })
    expect(JSON.parse(refused.err)).toMatchObject({ error: 'refused', problem: { status: 404, code: 'not_found' } })
  })

  test('a server that is not there exits with 4 and says how to start one', async () => {
    await using elsewhere = await install({ BECKON_URL: 'http://127.0.0.1:9', BECKON_TOKEN: 'x' })

    const run = await elsewhere.beckon('tail')

    expect(run.code).toBe(4)
    expect(run.err).toContain('npx beckon demo')
  })

  test('a secret that a demo left is not sent to another server', async () => {
    const run = await here.beckon('token', '--url', 'http://127.0.0.1:9')

    expect(run.code).toBe(2)
    expect(run.err).toContain('No credentials for http://127.0.0.1:9')
  })

  test.for<readonly string[]>([['send', 'no address'], ['frobnicate'], ['send', '--at', 'soon', 'x', '--last'], ['close'], ['client'], ['send', 'x', '--last', '--contact', 'y']])(
    'a wrong command line exits with 2: beckon %s',
    async (words) => {
      const run = await here.beckon(...words)

      expect(run.code).toBe(2)
      expect(run.err).toContain('beckon:')
    },
  )

  test('a second server on the same data says who holds it, and exits with 5', async () => {
    const second = await here.beckon('serve')

    expect(second.code).toBe(5)
    expect(second.err).toContain(`Stop it first: kill ${String(demo.process.pid)} (it serves ${url})`)
    expect(second.err).toContain('BECKON_DATA_DIR=./other BECKON_PORT=0 npx beckon serve')
  })

  test('a copy beside a running server says which one to stop, and how to rehearse without stopping it', async () => {
    const copy = await here.beckon('copy', '--to', 'postgres://127.0.0.1:9/beckon')

    expect(copy.code).toBe(5)
    expect(copy.err).toContain(`Stop it first: kill ${String(demo.process.pid)} (it serves ${url})`)
    expect(copy.err).toContain(`npx beckon backup --data-dir '${here.dataDir}' /backups/now && npx beckon copy --from /backups/now`)
    expect(copy.err).not.toContain('beckon serve')
  })

  test.for([
    { started: 'npm start', env: { npm_lifecycle_event: 'start' }, remedy: 'BECKON_PORT=0 npm start' },
    { started: 'npx beckon demo', env: {}, remedy: 'BECKON_PORT=0 npx beckon demo' },
  ])('$started on a port that is taken says what to type instead', async ({ env, remedy }) => {
    const { port } = new URL(url)
    await using other = await install({ BECKON_PORT: port, ...env })

    const run = await other.beckon('demo')

    expect(run.code).toBe(5)
    expect(run.err).toContain(`Port ${port} of 127.0.0.1 is taken`)
    expect(run.err).toContain(`Take any free one: ${remedy} `)
  })

  test('every fault of the configuration is told at once', async () => {
    await using other = await install({ BECKON_PORT: 'ninety', BECKON_LOG_LEVEL: 'loud' })

    const run = await other.beckon('serve')

    expect(run.code).toBe(2)
    expect(run.err).toContain('BECKON_PORT')
    expect(run.err).toContain('BECKON_LOG_LEVEL')
  })
})

test('migrate makes the database, and has nothing to do the second time', async () => {
  await using fresh = await install()

  const first = await fresh.beckon('migrate', '--json')
  const second = await fresh.beckon('migrate')

  expect(JSON.parse(first.out)).toMatchObject({ from: 0 })
  expect(second.out).toContain('Up to date')
})

test('a server that is told to stop drains, exits with 0 and leaves no word of itself', async () => {
  await using other = await install()
  const server = other.launch('serve')
  expect(JSON.parse(await server.line())).toMatchObject({ ready: true, pid: server.process.pid })
  expect(await readdir(other.dataDir)).toContain('ready.json')

  server.process.kill('SIGTERM')

  expect((await server.ended).code).toBe(0)
  expect(await readdir(other.dataDir)).not.toContain('ready.json')
})

test('the ready line is all that a demo prints for programs', async () => {
  await using other = await install()
  const server = other.launch('demo')
  await server.line()

  server.process.kill('SIGTERM')

  const { out, err } = await server.ended
  expect(out.split('\n')).toHaveLength(1)
  expect(err).toContain('Beckon is running.')
  expect(err).not.toContain('\u001B[')
})

test('what a demo with a data folder of its own prints works in a second terminal: curl before anybody has chatted, beckon after', async () => {
  await using other = await install()
  const server = other.launch('demo')
  const { url: printed } = JSON.parse(await server.line())
  const theirs = createBeckon({ url: printed, clientId: developmentClient.clientId, clientSecret: developmentClient.clientSecret })

  const { stdout: early } = await shell('sh', ['-c', reachLastGuest(printed, developmentClient)])
  const { contactId } = await theirs.createSession({ contact: { name: 'Ada' } })
  await theirs.sendToContact(contactId, { text: 'Welcome' })
  server.process.kill('SIGTERM')
  const { err: banner } = await server.ended
  const again = other.launch('demo')
  await again.line()
  const command = /^ {2}(BECKON_DATA_DIR=.* npx beckon send --last ".*")$/m.exec(banner)?.[1] ?? 'the banner has no such line'
  const { stdout: sent } = await shell('sh', ['-c', command.replace('npx beckon', `"${process.execPath}" "${program}"`)], { env: { PATH: process.env['PATH'] ?? '' } })

  expect(early).toBe('Nobody has chatted yet: write something on the shop page first.\n')
  expect(sent).toContain(contactId)
})

test.for(['', 'send', 'tail', 'client create', 'serve', 'explain'])('beckon %s --help shows examples', async (command) => {
  const { code, out } = await here.beckon(...command.split(' ').filter((word) => word !== ''), '--help')

  expect(code).toBe(0)
  expect(out).toContain('Examples:\n  $ beckon')
})

test.for(['bash', 'zsh', 'fish'])('a completion script for %s knows every command', async (name) => {
  const { out } = await here.beckon('completion', name)

  for (const word of ['send', 'explain', 'rotate', '--when-closed'.slice(2)]) expect(out).toContain(word)
})

test('bash completes commands, subcommands and flags', async () => {
  const { out } = await here.beckon('completion', 'bash')
  const complete = async (...words: readonly string[]): Promise<string> => {
    const line = words.map((word) => `'${word}'`).join(' ')
    const script = `${out}\nCOMP_WORDS=(beckon ${line}); COMP_CWORD=${words.length}; _beckon; echo "\${COMPREPLY[*]}"`
    return (await shell('bash', ['-c', script])).stdout.trim()
  }

  expect(await complete('ex')).toBe('explain')
  expect(await complete('client', 'ro')).toBe('rotate')
  expect(await complete('send', '--when-c')).toBe('--when-closed')
})
