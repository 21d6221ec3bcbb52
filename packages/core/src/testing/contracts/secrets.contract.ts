import { describe, expect, test } from 'vitest'
import { isStrongToken } from '../../domain/session/session.ts'
import type { Secrets } from '../../ports/secrets.ts'

/** What every maker and keeper of secrets promises. */
export function secretsContract(open: () => Secrets): void {
  describe('secrets', () => {
    test('are generated with their prefix, fit for a URL, and never twice', () => {
      const secrets = open()

      const made = Array.from({ length: 200 }, () => secrets.generate('bks'))

      for (const secret of made) expect(secret).toMatch(/^bks_[A-Za-z0-9_-]{16,}$/)
      expect(new Set(made).size).toBe(200)
    })

    test('give guests tokens that are version 4 UUIDs, strong enough, and never twice', () => {
      const secrets = open()

      const made = Array.from({ length: 200 }, () => secrets.generateToken())

      for (const token of made) {
        expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(isStrongToken(token)).toBe(true)
      }
      expect(new Set(made).size).toBe(200)
    })

    test('hash to the same hex each time, and do not show in it', () => {
      const secrets = open()
      const secret = secrets.generate('bks')

      expect(secrets.hash(secret)).toBe(secrets.hash(secret))
      expect(secrets.hash(secret)).toMatch(/^[0-9a-f]{32,}$/)
      expect(secrets.hash(secret)).not.toContain(secret)
      expect(secrets.hash(secret)).not.toBe(secrets.hash(`${secret}x`))
    })

    test('match their own hash only', () => {
      const secrets = open()
      const hash = secrets.hash('the right one')

      expect(secrets.matches('the right one', hash)).toBe(true)
      expect(secrets.matches('another one', hash)).toBe(false)
      expect(secrets.matches('the right one', 'not even a hash')).toBe(false)
      expect(secrets.matches('', hash)).toBe(false)
    })

    test('sign a text so that nobody else can, and know their own signature only', () => {
      const secrets = open()
      const signature = secrets.sign('a text')

      expect(signature).toMatch(/^[0-9a-f]{32,}$/)
      expect(secrets.sign('a text')).toBe(signature)
      expect(signature).not.toBe(secrets.hash('a text'))
      expect(secrets.hasSigned('a text', signature)).toBe(true)
      expect(secrets.hasSigned('another text', signature)).toBe(false)
      expect(secrets.hasSigned('a text', 'no signature')).toBe(false)
      expect(secrets.hasSigned('a text', '')).toBe(false)
    })

    test('seal a text so that it can be read again, and by nothing that looks like it', () => {
      const secrets = open()
      const sealed = secrets.seal('s3cret – with an é')

      expect(sealed).not.toContain('s3cret')
      expect(secrets.unseal(sealed)).toBe('s3cret – with an é')
      expect(secrets.unseal(secrets.seal(''))).toBe('')
      expect(secrets.unseal('not sealed')).toBeUndefined()
      expect(secrets.unseal('')).toBeUndefined()
    })

    test('derive the same 256 bits for a purpose each time, and others for another', () => {
      const secrets = open()

      expect(secrets.deriveKey('one')).toHaveLength(32)
      expect(secrets.deriveKey('one')).toEqual(secrets.deriveKey('one'))
      expect(secrets.deriveKey('one')).not.toEqual(secrets.deriveKey('other'))
    })

    test('hash the same password differently each time, and match it all the same', async () => {
      const secrets = open()

      const [first, second] = await Promise.all([secrets.hashPassword('correct horse'), secrets.hashPassword('correct horse')])

      expect(first).not.toBe(second)
      expect(first).not.toContain('correct horse')
      expect(await secrets.matchesPassword('correct horse', first)).toBe(true)
      expect(await secrets.matchesPassword('correct horse', second)).toBe(true)
      expect(await secrets.matchesPassword('Correct horse', first)).toBe(false)
    })

    test('take a damaged password hash for a wrong password', async () => {
      expect(await open().matchesPassword('correct horse', 'damaged')).toBe(false)
    })
  })
}
