import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
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

/** Without a key of the installation's, one that dies with the process. */
export function createSecrets(installationKey: Buffer = randomBytes(keyBytes)): Secrets {
  const deriveKey = (purpose: string): Uint8Array<ArrayBuffer> => new Uint8Array(hkdfSync('sha256', installationKey, '', `beckon ${purpose}`, keyBytes))
  const sealingKey = deriveKey('sealing')
  const signingKey = deriveKey('signing')
  return {
    generate: (prefix) => `${prefix}_${randomBytes(32).toString('base64url')}`,
    generateToken: () => randomUUID(),
    hash: sha256,
    matches: (secret, expected) => isEqual(Buffer.from(sha256(secret)), Buffer.from(expected)),
    sign: (text) => signature(signingKey, text),
    hasSigned: (text, given) => isEqual(Buffer.from(signature(signingKey, text)), Buffer.from(given)),
    deriveKey,
    seal: (text) => seal(sealingKey, text),
    unseal: (sealed) => unseal(sealingKey, sealed),
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

function signature(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

const sealed = { algorithm: 'aes-256-gcm', version: 's1', ivBytes: 12, tagBytes: 16 } as const

function seal(key: Uint8Array, text: string): string {
  const iv = randomBytes(sealed.ivBytes)
  const cipher = createCipheriv(sealed.algorithm, key, iv)
  const closed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${sealed.version}.${closed.toString('base64url')}`
}

function unseal(key: Uint8Array, text: string): string | undefined {
  const [version, body = ''] = text.split('.')
  const bytes = Buffer.from(body, 'base64url')
  if (version !== sealed.version || bytes.length < sealed.ivBytes + sealed.tagBytes) return undefined
  const decipher = createDecipheriv(sealed.algorithm, key, bytes.subarray(0, sealed.ivBytes), { authTagLength: sealed.tagBytes })
  decipher.setAuthTag(bytes.subarray(-sealed.tagBytes))
  try {
    return decipher.update(bytes.subarray(sealed.ivBytes, -sealed.tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
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
