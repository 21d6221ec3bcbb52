import { hash, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '@beckon/core'

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** OWASP's choice for scrypt at 32 MiB a guess. The cost is written into each hash, so it may be raised later. */
const cost: Cost = { N: 2 ** 15, r: 8, p: 3 }
const saltBytes = 16
const keyBytes = 32

export function createSecrets(): Secrets {
  return {
    generate: (prefix) => `${prefix}_${randomBytes(32).toString('base64url')}`,
    generateToken: () => randomUUID(),
    hash: sha256,
    matches: (secret, expected) => isEqual(Buffer.from(sha256(secret)), Buffer.from(expected)),
    async hashPassword(password) {
      const salt = randomBytes(saltBytes)
      const key = await derive(password, salt, cost, keyBytes)
      return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
    },
    async matchesPassword(password, stored) {
      const parsed = parse(stored)
      return parsed !== undefined && isEqual(await derive(password, parsed.salt, parsed.cost, parsed.key.length), parsed.key)
    },
  }
}

function sha256(secret: string): string {
  return hash('sha256', secret)
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

function parse(stored: string): { readonly cost: Cost; readonly salt: Buffer; readonly key: Buffer } | undefined {
  const [scheme, N, r, p, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return undefined
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') }
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost, bytes: number): Promise<Buffer> {
  // The same password typed on two keyboards may differ in its code points: NFKC makes them one (RFC 8265, section 4.2).
  const typed = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, bytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
