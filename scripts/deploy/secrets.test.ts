import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadSettings } from '../../packages/server/src/config/load.ts'
import { deployed } from './deployed-settings.ts'

/** What somebody has who has typed the commands of the page. */
function secretsAsTyped() {
  const [, commands = ''] = /```sh shown\n(mkdir .*?)```/s.exec(deployed('README.md')) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'beckon-secrets-'))
  mkdirSync(join(folder, 'deploy'))
  execFileSync('sh', ['-e', '-c', commands], { cwd: folder })
  const path = join(folder, 'deploy/secrets')
  return { path, names: readdirSync(path), text: (name: string) => readFileSync(join(path, name), 'utf8'), [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

test('the page makes every secret that compose, systemd and the chart ask for', () => {
  using secrets = secretsAsTyped()
  const values: { readonly secret: { readonly keys: Readonly<Record<string, string>> } } = parse(deployed('helm/beckon/values.yaml'))
  const compose: { readonly secrets: Readonly<Record<string, { readonly file: string }>> } = parse(deployed('compose.yaml'), { merge: true })
  const asked = [
    ...Object.values(values.secret.keys),
    ...Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', '')),
    ...['beckon.service', 'beckon@.service'].flatMap((unit) => [...deployed(`systemd/${unit}`).matchAll(/^LoadCredential=\w+:\/etc\/beckon\/secrets\/(\S+)$/gm)].map(([, name]) => name)),
  ]

  expect(new Set(asked)).toEqual(new Set(secrets.names))
})

test('a server takes them, and PostgreSQL and NATS are told the passwords that stand in its addresses', () => {
  using secrets = secretsAsTyped()
  const variables = ['DATABASE_URL', 'NATS_URL', 'SECRET_KEY', 'METRICS_TOKEN', 'ATTACHMENTS_KEY_ID', 'ATTACHMENTS_SECRET'].map((name) => [`BECKON_${name}_FILE`, join(secrets.path, name.toLowerCase())])

  const { settings, warnings } = loadSettings({ ...Object.fromEntries(variables), BECKON_ATTACHMENTS_URL: 's3://beckon-files/chat?region=eu-central-1' })

  expect(warnings).toEqual([])
  expect(settings.databaseUrl).toBe(`postgres://beckon:${secrets.text('database_password').trim()}@postgres:5432/beckon`)
  expect(settings.natsUrl).toMatch(/^nats:\/\/beckon:\w+@nats:4222$/)
  expect(secrets.text('nats.conf')).toContain(`password: "${new URL(settings.natsUrl ?? '').password}"`)
})
