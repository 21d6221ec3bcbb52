import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { deployed, deployedFiles, settingsOf } from './deployed-settings.ts'

const run = promisify(execFile)
const analyze = process.env['BECKON_TEST_SYSTEMD_ANALYZE'] ?? 'systemd-analyze'
const folder = mkdtempSync(join(tmpdir(), 'beckon-units-'))
afterAll(() => rmSync(folder, { recursive: true }))

// As on a machine that they are installed on: a node has a port, and programs are where they are here.
const units = deployedFiles().filter((path) => path.startsWith('systemd/')).map((path) => {
  const name = basename(path).replace('@.', '@8081.')
  const text = deployed(path).replaceAll('/usr/bin/node', process.execPath)
  writeFileSync(join(folder, name), text.replaceAll('/usr/bin/curl', process.execPath))
  return { name, text }
})
const services = units.filter(({ name }) => name.endsWith('.service'))
const servers = services.filter(({ text }) => text.includes('main.ts serve'))

test('systemd finds nothing wrong with the units', async () => {
  const { stdout, stderr } = await run(analyze, ['verify', '--man=no', ...units.map(({ name }) => join(folder, name))])

  expect(units.map(({ name }) => name).toSorted()).toEqual(['beckon-backup.service', 'beckon-backup.timer', 'beckon.service', 'beckon.target', 'beckon@8081.service'])
  expect(stdout + stderr).toBe('')
})

test.for(services)('$name may do little beside its work', async ({ name }) => {
  const { stdout } = await run(analyze, ['security', '--offline=true', '--threshold=15', '--no-pager', join(folder, name)])

  expect(stdout).toMatch(/Overall exposure level for .*: [01]\.\d/)
})

test.for(servers)('$name gives the server settings that it takes, and longer to stop than it drains', ({ text }) => {
  const given = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' ')).map((pair) => pair.split(/=(.*)/s).slice(0, 2))
  const env = Object.fromEntries(given.filter(([name = '']) => name.startsWith('BECKON_')).map(([name, value = '']) => [name, value.replaceAll('%i', '8081').replaceAll('%t', '/run')])) as Record<string, string>
  const credentials = [...text.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name = '']) => name)

  const { settings, warnings } = settingsOf(env)

  expect(warnings).toEqual([])
  expect(Object.values(env).filter((value) => value.startsWith('%d/')).map((value) => value.slice(3)).toSorted()).toEqual(credentials.toSorted())
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1])).toBeGreaterThan(settings.drainSeconds)
})
