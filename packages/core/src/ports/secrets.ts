/** Credentials: made from 256 random bits, kept only as hashes. */
export interface Secrets {
  /** A new secret, URL-safe, with a prefix that tells people and scanners what it is. */
  generate(prefix: string): string
  /** A random UUIDv4: the shape in which guest clients expect their token. */
  generateToken(): string
  /** A fast one-way hash, hex: right for secrets of full entropy, wrong for passwords. */
  hash(secret: string): string
  /** Compares in constant time. */
  matches(secret: string, hash: string): boolean
  /** A keyed one-way hash, hex: whoever lacks this installation's key cannot make it. The same on each of its servers and after a restart. */
  sign(text: string): string
  /** Compares in constant time. */
  hasSigned(text: string, signature: string): boolean
  /** A memory-hard hash with its salt and cost. */
  hashPassword(password: string): Promise<string>
  matchesPassword(password: string, hash: string): Promise<boolean>
  /** Text that has to be shown again to somebody else, unreadable without this installation's key. */
  seal(text: string): string
  /** Undefined when it was sealed under another key, or is damaged. */
  unseal(sealed: string): string | undefined
  /** 256 bits for this purpose alone, the same for as long as the installation has its key. */
  deriveKey(purpose: string): Uint8Array<ArrayBuffer>
}
