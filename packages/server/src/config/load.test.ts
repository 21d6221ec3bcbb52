import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allScopes } from '@beckon/core'
import { expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { developmentDefaults } from './development.ts'
import { loadSettings, type Environment } from './load.ts'
import { settingsTable, type Setting } from './settings.ts'

function problemsOf(env: Environment): readonly string[] {
  try {
    loadSettings(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)]
  }
}

function aFile(content: string) {
  const dir = mkdtempSync(join(tmpdir(), 'beckon-config-'))
  const path = join(dir, 'secret')
  writeFileSync(path, content)
  return { path, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

test('nothing needs to be set', () => {
  const { settings, warnings } = loadSettings({})

  expect(settings).toEqual({
    host: '127.0.0.1', port: 8080, dataDir: './data', role: 'all', logLevel: 'info',
    trustProxy: false, rateLimit: 300, bodyLimit: 262_144, allowPrivateTargets: 'false', drainSeconds: 10, bootstrapScopes: allScopes,
  })
  expect(Object.isFrozen(settings)).toBe(true)
  expect(warnings).toEqual([])
})

test('TLS needs a certificate and its key, and says nothing of what is in them', () => {
  expect(problemsOf({ BECKON_TLS_KEY: 'secret' })).toEqual(['BECKON_TLS_CERTIFICATE and BECKON_TLS_KEY belong together, and BECKON_TLS_CERTIFICATE is missing.'])
  expect(problemsOf({ BECKON_TLS_KEY: 'secret', BECKON_TLS_CERTIFICATE: 'none' })).toEqual(['BECKON_TLS_CERTIFICATE and BECKON_TLS_KEY are no certificate with its key, both in PEM.'])
})

test('every problem is told at once', () => {
  const problems = problemsOf({
    BECKON_PORT: '80a', BECKON_ROLE: 'webb', BECKON_PUBLIC_URL: 'chat.example.com/path', BECKON_BOOTSTRAP_SCOPES: 'events:read events:rite',
    BECKON_BOOTSTRAP_DEPLOYMENT_ID: 'the shop', BECKON_TRUST_PROXY: 'maybe', BECKON_HOST: 'http://0.0.0.0',
  })

  expect(problems).toEqual([
    'BECKON_HOST is not a host name or IP address, without scheme and port (it is "http://0.0.0.0").',
    'BECKON_PORT is not a whole number from 0 to 65535 (it is "80a").',
    'BECKON_PUBLIC_URL is not an address such as https://chat.example.com, without a path (it is "chat.example.com/path").',
    'BECKON_ROLE is none of all, web, worker (it is "webb").',
    'BECKON_TRUST_PROXY is not `true`, `false` or a list of addresses such as 10.0.0.0/8 (it is "maybe").',
    'BECKON_BOOTSTRAP_SCOPES names a scope that does not exist: events:rite (it is "events:read events:rite").',
    'BECKON_BOOTSTRAP_DEPLOYMENT_ID is not made of up to 64 letters, digits and any of ._~@- (it is "the shop").',
  ])
})

test('a secret may stand in a file, whose last newline is no part of it', () => {
  using file = aFile('from the file\n')

  const { settings } = loadSettings({ BECKON_METRICS_TOKEN_FILE: file.path })

  expect(settings.metricsToken).toBe('from the file')
})

test('a setting that is given twice, or whose file is missing, is a problem', () => {
  using file = aFile('one')

  const problems = problemsOf({ BECKON_DATA_DIR: './two', BECKON_DATA_DIR_FILE: file.path, BECKON_PORT_FILE: '/nowhere' })

  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatch(/^BECKON_PORT_FILE names a file that cannot be read/)
  expect(problems[1]).toBe('BECKON_DATA_DIR and BECKON_DATA_DIR_FILE are both set: set one of them.')
})

test('a variable that is no setting is named with the one that was probably meant', () => {
  const { warnings } = loadSettings({ BECKON_PROT: '80', BECKON_LOGLEVEL: 'warn', BECKON_UTTERLY_DIFFERENT_THING: 'x', BECKON_CLIENT_ID: 'for callers', PATH: '/bin' })

  expect(warnings).toEqual([
    'BECKON_PROT is not a setting and was ignored. Did you mean BECKON_PORT?',
    'BECKON_LOGLEVEL is not a setting and was ignored. Did you mean BECKON_LOG_LEVEL?',
    'BECKON_UTTERLY_DIFFERENT_THING is not a setting and was ignored.',
  ])
})

test('an empty variable is an absent one', () => {
  expect(loadSettings({ BECKON_PORT: '', BECKON_BOOTSTRAP_CLIENT_ID: '' }).settings).toEqual(loadSettings({}).settings)
})

test('what the caller chose beats the defaults it brings along', () => {
  const { settings } = loadSettings({ BECKON_BOOTSTRAP_CLIENT_ID: 'mine' }, { BECKON_BOOTSTRAP_CLIENT_ID: 'demo', BECKON_BOOTSTRAP_CLIENT_SECRET: 's' })

  expect(settings).toMatchObject({ bootstrapClientId: 'mine', bootstrapClientSecret: 's' })
})

test('no problem shows a secret, and every default is a value of its kind', () => {
  const rows: readonly Setting<unknown>[] = Object.values(settingsTable)

  expect(rows.filter((row) => row.default !== undefined && 'fault' in row.kind.read(row.default))).toEqual([])
  expect(rows.filter((row) => row.secret).map((row) => row.env)).toEqual([
    'BECKON_TLS_KEY', 'BECKON_DATABASE_URL', 'BECKON_NATS_URL', 'BECKON_ATTACHMENTS_SECRET', 'BECKON_SECRET_KEY', 'BECKON_METRICS_TOKEN', 'BECKON_BOOTSTRAP_CLIENT_SECRET', 'BECKON_BOOTSTRAP_ADMIN_PASSWORD',
  ])
})

test('a client id without a secret, and a secret without a client id, are problems', () => {
  expect(problemsOf({ BECKON_BOOTSTRAP_CLIENT_ID: 'crm' })).toEqual(['BECKON_BOOTSTRAP_CLIENT_ID needs BECKON_BOOTSTRAP_CLIENT_SECRET.'])
  expect(problemsOf({ BECKON_BOOTSTRAP_CLIENT_SECRET: 's' })).toEqual(['BECKON_BOOTSTRAP_CLIENT_SECRET needs BECKON_BOOTSTRAP_CLIENT_ID.'])
})

const ownKey = Buffer.alloc(32, 7).toString('base64')

test('the address of a database that cannot be used is not repeated, as it holds a password', () => {
  const problems = problemsOf({ BECKON_DATABASE_URL: 'mysql://beckon:hunter2@db/beckon', BECKON_NATS_URL: 'http://:hunter2@bus' })

  expect(problems[0]).toMatch(/^BECKON_DATABASE_URL is not the address of a database/)
  expect(problems[1]).toMatch(/^BECKON_NATS_URL is not the address of a NATS server/)
  expect(problems.join()).not.toContain('hunter2')
})

test('a password that cannot be read out of the address of NATS is a problem of that setting, and not repeated', () => {
  const [problem, ...more] = problemsOf({ BECKON_DATABASE_URL: 'postgres://db/beckon', BECKON_NATS_URL: 'nats://beckon:hunter2%!@bus' })

  expect(problem).toMatch(/^BECKON_NATS_URL has a `%` that stands for nothing/)
  expect([problem, ...more].join()).not.toContain('hunter2')
})

test('a bus for one process alone is refused', () => {
  expect(problemsOf({ BECKON_NATS_URL: 'nats://bus' })).toEqual([
    'BECKON_NATS_URL is set without BECKON_DATABASE_URL: the embedded database serves one process, which needs no bus.',
  ])
})

test.each([{ BECKON_NATS_URL: 'nats://one:4222,tls://token@two' }, { BECKON_ROLE: 'web' }, { BECKON_ROLE: 'worker' }])('one of several servers, known by %o, shares key and files with the others', (company) => {
  const env = { BECKON_DATABASE_URL: 'postgres://db/beckon', ...company }
  const shared = { BECKON_SECRET_KEY: ownKey, BECKON_ATTACHMENTS_URL: 'file:///srv/files' }

  expect(problemsOf(env).map((problem) => problem.split(' ')[0])).toEqual(['BECKON_SECRET_KEY', 'BECKON_ATTACHMENTS_URL'])
  expect(loadSettings({ ...env, ...shared }).warnings).toEqual([])
})

test('a server that keeps key and files to itself is told that it must stay alone', () => {
  const { warnings } = loadSettings({ BECKON_DATABASE_URL: 'postgres://db/beckon', BECKON_SECRET_KEY: ownKey })

  expect(warnings).toEqual(['BECKON_ATTACHMENTS_URL is not set: this server must be the only one of its database, because files in the data directory can be read by no other.'])
})

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('development secrets are good enough on %s', (host) => {
  expect(loadSettings({ BECKON_HOST: host }, developmentDefaults).settings.bootstrapClientId).toBe('demo')
})

test.each(['0.0.0.0', '::', '192.168.1.4', 'chat.example.com', '128.0.0.1'])('development secrets are refused on %s, each by name', (host) => {
  expect(() => loadSettings({ BECKON_HOST: host }, developmentDefaults)).toThrow(
    /BECKON_BOOTSTRAP_CLIENT_SECRET must be set[^]*BECKON_BOOTSTRAP_ADMIN_PASSWORD must be set/,
  )
})

test('a public server with secrets of its own, or with none at all, starts', () => {
  const own = { BECKON_HOST: '0.0.0.0', BECKON_BOOTSTRAP_CLIENT_SECRET: 'mine', BECKON_BOOTSTRAP_ADMIN_PASSWORD: 'mine too' }

  expect(loadSettings(own, developmentDefaults).settings.bootstrapClientSecret).toBe('mine')
  expect(problemsOf({ BECKON_HOST: '0.0.0.0' })).toEqual([])
})

test.each([
  ['file:///srv/beckon/my%20files', { kind: 'disk', dir: '/srv/beckon/my files' }],
  ['s3://files/beckon?region=eu-central-1', { kind: 's3', region: 'eu-central-1', url: 'https://s3.eu-central-1.amazonaws.com/files/beckon' }],
  ['s3://files?endpoint=http://127.0.0.1:9000/', { kind: 's3', region: 'us-east-1', url: 'http://127.0.0.1:9000/files' }],
])('attachments are kept at %s', (place, attachmentsUrl) => {
  const key = { BECKON_ATTACHMENTS_KEY_ID: 'id', BECKON_ATTACHMENTS_SECRET: 'secret' }

  expect(loadSettings({ BECKON_ATTACHMENTS_URL: place, ...key }).settings).toMatchObject({ attachmentsUrl })
})

test.each(['/srv/files', 'https://elsewhere.example', 'file:///', 's3:///prefix', 's3://UPPER_case/x', 's3://files?endpoint=ftp://host', 's3://files?endpoint=https://host/path'])(
  'attachments are not kept at %s',
  (place) => {
    expect(() => loadSettings({ BECKON_ATTACHMENTS_URL: place, BECKON_ATTACHMENTS_KEY_ID: 'id', BECKON_ATTACHMENTS_SECRET: 's' })).toThrow('BECKON_ATTACHMENTS_URL')
  },
)

test('a bucket needs its key', () => {
  expect(() => loadSettings({ BECKON_ATTACHMENTS_URL: 's3://files' })).toThrow('BECKON_ATTACHMENTS_KEY_ID')
})
