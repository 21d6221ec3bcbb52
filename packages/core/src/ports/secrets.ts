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
  /** A memory-hard hash with its salt and cost. */
  hashPassword(password: string): Promise<string>
  matchesPassword(password: string, hash: string): Promise<boolean>
}
