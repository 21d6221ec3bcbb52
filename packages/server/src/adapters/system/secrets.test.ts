import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets()

test('a secret carries its prefix and 256 random bits', () => {
  const [one, other] = [secrets.generate('bks'), secrets.generate('bks')]

  expect(one).toMatch(/^bks_[\w-]{43}$/)
  expect(one).not.toBe(other)
})

test('a guest token is a random UUIDv4', () => {
  expect(secrets.generateToken()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a secret is known by its SHA-256', () => {
  expect(secrets.hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(secrets.matches('abc', secrets.hash('abc'))).toBe(true)
  expect(secrets.matches('abd', secrets.hash('abc'))).toBe(false)
  expect(secrets.matches('abc', 'short')).toBe(false)
})

test('a password is known by a salted memory-hard hash that names its own cost', async () => {
  const [one, other] = await Promise.all([secrets.hashPassword('correct horse'), secrets.hashPassword('correct horse')])

  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
  expect(one).not.toBe(other)
  expect(await secrets.matchesPassword('correct horse', one)).toBe(true)
  expect(await secrets.matchesPassword('correct hors', one)).toBe(false)
})

test('a password hashed at a lower cost still counts, and one in an unknown form never does', async () => {
  const cheap = `scrypt$1024$8$1$c2FsdA$${scryptSync('hunter2', 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('base64url')}`

  expect(await secrets.matchesPassword('hunter2', cheap)).toBe(true)
  expect(await secrets.matchesPassword('hunter3', cheap)).toBe(false)
  expect(await secrets.matchesPassword('anything', 'anything')).toBe(false)
  expect(await secrets.matchesPassword('', 'scrypt$16384$8$1$$')).toBe(false)
})

test('one password typed with composed and with combining letters is the same password', async () => {
  const hash = await secrets.hashPassword('caf\u00e9')

  expect(await secrets.matchesPassword('cafe\u0301', hash)).toBe(true)
})
