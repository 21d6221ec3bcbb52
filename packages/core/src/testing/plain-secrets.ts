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
    hashPassword: (password) => Promise.resolve(`${next()}:${spellHex(password)}`),
    matchesPassword: (password, hash) => Promise.resolve(hash.split(':')[1] === spellHex(password)),
  }
}

function spellHex(text: string): string {
  return Array.from(text, (symbol) => (symbol.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join('')
}
