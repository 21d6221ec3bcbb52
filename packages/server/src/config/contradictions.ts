import { createSecureContext } from 'node:tls'
import { developmentDefaults } from './development.ts'
import type { Settings } from './settings.ts'

/** What is wrong between settings of which each is right by itself. */
export function contradictions(settings: Partial<Settings>): readonly string[] {
  return [...missingParts(settings), ...missingAdapters(settings), ...missingKeys(settings), ...brokenTls(settings), ...openSecrets(settings)]
}

function* missingParts({ bootstrapClientId, bootstrapClientSecret }: Partial<Settings>): Iterable<string> {
  if (bootstrapClientId !== undefined && bootstrapClientSecret === undefined) yield 'BECKON_BOOTSTRAP_CLIENT_ID needs BECKON_BOOTSTRAP_CLIENT_SECRET.'
  if (bootstrapClientId === undefined && bootstrapClientSecret !== undefined) yield 'BECKON_BOOTSTRAP_CLIENT_SECRET needs BECKON_BOOTSTRAP_CLIENT_ID.'
}

/** Refused rather than ignored: a server that silently wrote elsewhere would be found out by the data that is missing. */
function* missingAdapters({ databaseUrl, natsUrl }: Partial<Settings>): Iterable<string> {
  if (databaseUrl !== undefined) yield 'BECKON_DATABASE_URL is set, but this build serves the embedded store only: unset it, and choose where data goes with BECKON_DATA_DIR.'
  if (natsUrl !== undefined) yield 'BECKON_NATS_URL is set, but this build runs as one process only: unset it.'
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
