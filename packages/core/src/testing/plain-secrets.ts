import type { Secrets } from '../ports/secrets.ts'

/** Secrets that cost nothing and protect nothing: they count, and their hashes are the secret spelled in hex. */
export function createPlainSecrets(): Secrets {
  let count = 0
  const next = (): string => (++count).toString(16).padStart(12, '0')
  return {
    generate: (prefix) => `${prefix}_not-so-secret-${next()}`,
    generateToken: () => `fedcba98-7654-4321-8abc-${next()}`,
    hash: spellHex,
    matches: (secret, hash) => spellHex(secret) === hash,
    sign: (text) => spellHex(`signed ${text}`),
    hasSigned: (text, signature) => spellHex(`signed ${text}`) === signature,
    seal: (text) => `sealed:${spellHex(text)}`,
    unseal: (sealed) => (sealed.startsWith('sealed:') ? readHex(sealed.slice('sealed:'.length)) : undefined),
    deriveKey: (purpose) => Uint8Array.from({ length: 32 }, (_, index) => purpose.codePointAt(index % purpose.length) ?? 0),
    hashPassword: (password) => Promise.resolve(`${next()}:${spellHex(password)}`),
    matchesPassword: (password, hash) => Promise.resolve(hash.split(':')[1] === spellHex(password)),
  }
}

function spellHex(text: string): string {
  return Array.from(text, (symbol) => (symbol.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join('')
}

function readHex(hex: string): string {
  return String.fromCodePoint(...(hex.match(/.{6}/g) ?? []).map((code) => Number.parseInt(code, 16)))
}
