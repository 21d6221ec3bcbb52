import { DCLinter } from 'dclint'
import { validate } from 'dockerfile-utils'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingsTable } from '../../packages/server/src/config/settings.ts'
import { deployed, deployedFiles, deployFolder, settingsOf } from './deployed-settings.ts'

interface Service {
  readonly image: string
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly deploy?: { readonly resources?: { readonly limits?: object } }
  readonly stop_grace_period?: string
}

const compose: { readonly services: Readonly<Record<string, Service>>; readonly secrets: object } = parse(deployed('compose.yaml'), { merge: true })
const services = Object.entries(compose.services)
const nodes = services.filter(([name]) => name.startsWith('beckon-'))

/** A variable with a default, as compose puts it in. */
const filled = (value: string): string => value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')

test('compose.yaml is what the compose specification allows, and has none of the known faults', async () => {
  const order = Object.fromEntries(['service-keys-order', 'services-alphabetical-order', 'service-ports-alphabetical-order', 'service-dependencies-alphabetical-order', 'top-level-properties-order'].map((rule) => [rule, 0]))
  const linter = new DCLinter({ rules: order, quiet: false, debug: false, exclude: [] })

  const found: readonly { readonly messages: readonly unknown[] }[] = linter.lintFiles([join(deployFolder, 'compose.yaml')], false)

  expect(found.flatMap(({ messages }) => messages)).toEqual([])
})

test('every service has limits and says how it is, and three nodes are given the same settings, which the server takes', () => {
  expect(services.filter(([, { healthcheck, deploy }]) => healthcheck === undefined || deploy?.resources?.limits === undefined)).toEqual([])
  expect(nodes).toHaveLength(3)
  for (const [, { environment = {} }] of nodes) {
    const { settings, warnings } = settingsOf(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)])))
    expect(warnings).toEqual([])
    expect(settings).toMatchObject({ databaseUrl: expect.any(String), natsUrl: expect.any(String), secretKey: expect.any(String), attachmentsUrl: { kind: 'disk' } })
  }
})

test('secrets are files that are named, and a node has longer to stop than it drains', () => {
  for (const [, { environment = {}, secrets = [], stop_grace_period = '0s' }] of nodes) {
    const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/')).map((value) => value.slice('/run/secrets/'.length))
    expect(files.toSorted()).toEqual([...secrets].toSorted())
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(Number(environment['BECKON_DRAIN_SECONDS']))
  }
  expect(services.flatMap(([, { secrets = [] }]) => secrets).filter((name) => !(name in compose.secrets))).toEqual([])
})

test('the Dockerfile is valid, does not run as root, and is built on the Node that is pinned, by its tag', () => {
  const text = deployed('Dockerfile')
  const { version } = JSON.parse(readFileSync(join(deployFolder, '../node_modules/node/package.json'), 'utf8')) as { readonly version: string }
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)

  expect(validate(text).map(({ message }) => message)).toEqual([])
  expect(text.trimEnd().split('\n').filter((line) => line.startsWith('USER ')).at(-1)).toBe('USER node')
  expect(new Set(bases)).toEqual(new Set([`node:${version.split('.').slice(0, 2).join('.')}-bookworm-slim`]))
})

test('every setting that is named under deploy/ is one that there is', () => {
  const known = new Set(Object.values(settingsTable).flatMap(({ env }) => [env, `${env}_FILE`]))
  const named = deployedFiles().flatMap((path) => [...deployed(path).matchAll(/\bBECKON_[A-Z][A-Z_]*[A-Z]\b/g)].map(([name]) => `${path}: ${name}`))

  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((one) => !known.has(one.split(': ')[1] ?? ''))).toEqual([])
})
