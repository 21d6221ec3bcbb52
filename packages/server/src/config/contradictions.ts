import { createSecureContext } from 'node:tls'
import { developmentDefaults } from './development.ts'
import type { Settings } from './settings.ts'

/** What is wrong between settings of which each is right by itself. */
export function contradictions(settings: Partial<Settings>): readonly string[] {
  return [...missingParts(settings), ...missingCompany(settings), ...missingKeys(settings), ...brokenTls(settings), ...openSecrets(settings)]
}

function* missingParts({ bootstrapClientId, bootstrapClientSecret }: Partial<Settings>): Iterable<string> {
  if (bootstrapClientId !== undefined && bootstrapClientSecret === undefined) yield 'BECKON_BOOTSTRAP_CLIENT_ID needs BECKON_BOOTSTRAP_CLIENT_SECRET.'
  if (bootstrapClientId === undefined && bootstrapClientSecret !== undefined) yield 'BECKON_BOOTSTRAP_CLIENT_SECRET needs BECKON_BOOTSTRAP_CLIENT_ID.'
}

/** Whoever is one of several must share with the others what a process alone would make for itself. */
function* missingCompany(settings: Partial<Settings>): Iterable<string> {
  const { databaseUrl, natsUrl, role = 'all' } = settings
  if (databaseUrl === undefined) {
    if (natsUrl !== undefined) yield 'BECKON_NATS_URL is set without BECKON_DATABASE_URL: the embedded database serves one process, which needs no bus.'
    return
  }
  if (natsUrl === undefined && role === 'all') return
  const because = natsUrl === undefined ? `BECKON_ROLE is ${role}` : 'BECKON_NATS_URL is set'
  for (const [name, what] of ownThings(settings)) yield `${name} must be set, to the same on every server: ${because}, so there are others, and ${what}.`
}

/** What keeps nobody from starting, and yet would not do for what may be meant. */
export function* cautions(settings: Partial<Settings>): Iterable<string> {
  if (settings.databaseUrl === undefined) return
  for (const [name, what] of ownThings(settings)) yield `${name} is not set: this server must be the only one of its database, because ${what}.`
}

function* ownThings({ secretKey, attachmentsUrl }: Partial<Settings>): Iterable<readonly [name: string, what: string]> {
  if (secretKey === undefined) yield ['BECKON_SECRET_KEY', 'a key made in the data directory is known to no other']
  if (attachmentsUrl === undefined) yield ['BECKON_ATTACHMENTS_URL', 'files in the data directory can be read by no other']
}

function* missingKeys({ attachmentsUrl, attachmentsKeyId, attachmentsSecret }: Partial<Settings>): Iterable<string> {
  if (attachmentsUrl?.kind === 's3' && (attachmentsKeyId === undefined || attachmentsSecret === undefined)) {
    yield 'BECKON_ATTACHMENTS_URL names a bucket, which needs BECKON_ATTACHMENTS_KEY_ID and BECKON_ATTACHMENTS_SECRET.'
  }
}

function* brokenTls({ tlsCertificate: cert, tlsKey: key }: Partial<Settings>): Iterable<string> {
  if ((cert === undefined) !== (key === undefined)) yield `BECKON_TLS_CERTIFICATE and BECKON_TLS_KEY belong together, and ${cert === undefined ? 'BECKON_TLS_CERTIFICATE' : 'BECKON_TLS_KEY'} is missing.`
  if (cert === undefined || key === undefined) return
  try {
    createSecureContext({ cert, key })
  } catch {
    // What OpenSSL says names its own functions, and the key must not be shown.
    yield 'BECKON_TLS_CERTIFICATE and BECKON_TLS_KEY are no certificate with its key, both in PEM.'
  }
}

function* openSecrets({ host, bootstrapClientSecret, bootstrapAdminPassword }: Partial<Settings>): Iterable<string> {
  if (host === undefined || isLoopback(host)) return
  const because = `others can reach ${host}, and its development default is known to everybody. Choose one of your own, or listen on 127.0.0.1.`
  if (bootstrapClientSecret === developmentDefaults.BECKON_BOOTSTRAP_CLIENT_SECRET) yield `BECKON_BOOTSTRAP_CLIENT_SECRET must be set: ${because}`
  if (bootstrapAdminPassword === developmentDefaults.BECKON_BOOTSTRAP_ADMIN_PASSWORD) yield `BECKON_BOOTSTRAP_ADMIN_PASSWORD must be set: ${because}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
