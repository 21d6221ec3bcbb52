import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { installationKey } from './installation-key.ts'
import { createSecrets } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'beckon-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('an installation makes its key once, for nobody else to read', () => {
  const dataDir = join(folder, 'made')

  const first = installationKey({ dataDir })

  expect(first).toHaveLength(32)
  expect(installationKey({ dataDir })).toEqual(first)
  expect(statSync(join(dataDir, 'installation.key')).mode & 0o777).toBe(0o600)
})

test('a key that was set is used, and nothing is written', () => {
  const dataDir = join(folder, 'set')
  const secretKey = Buffer.alloc(32, 7).toString('base64')

  expect(installationKey({ dataDir, secretKey })).toEqual(Buffer.alloc(32, 7))
  expect(statSync(dataDir, { throwIfNoEntry: false })).toBeUndefined()
})

test('a damaged key is refused rather than replaced', () => {
  writeFileSync(join(folder, 'installation.key'), 'not a key')

  expect(() => installationKey({ dataDir: folder })).toThrow(/does not hold a key of 32 bytes: restore it/)
})

test('what was sealed is read by whoever has the key, and by nobody else', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const sealed = createSecrets(key).seal('s3cret')

  expect(createSecrets(key).unseal(sealed)).toBe('s3cret')
  expect(createSecrets(other).unseal(sealed)).toBeUndefined()
  expect(createSecrets(key).unseal(`${sealed.slice(0, -4)}AAAA`)).toBeUndefined()
  expect(createSecrets(key).seal('s3cret')).not.toBe(sealed)
  expect(createSecrets(key).deriveKey('one')).toEqual(createSecrets(key).deriveKey('one'))
})
