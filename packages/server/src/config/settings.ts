import { address, filePlace, identifier, key, natsUrl, oneOf, origin, postgresUrl, proxies, scopeList, text, wholeNumber, type Kind } from './kinds.ts'

/** One row: everything that is to be said about a setting is said here. */
export interface Setting<T> {
  readonly env: string
  readonly kind: Kind<T>
  /** As it would be written in the environment. */
  readonly default?: string
  /** Never shown in logs or in the list of what was set. */
  readonly secret?: true
  readonly sentence: string
}

/** Every setting there is. Each is also read from the file that `<env>_FILE` names. */
export const settingsTable = {
  host: {
    env: 'BECKON_HOST', kind: address, default: '127.0.0.1',
    sentence: 'Address to listen on. Any address but a loopback one is public: the server then refuses to start with development secrets.',
  },
  port: {
    env: 'BECKON_PORT', kind: wholeNumber(0, 65_535), default: '8080',
    sentence: 'Port to listen on, for REST, the guest socket, the widget and the desk alike. 0 takes any free one; the ready line names it.',
  },
  publicUrl: {
    env: 'BECKON_PUBLIC_URL', kind: origin,
    sentence: 'Where browsers and programs reach this server, when that is not the address it listens on. It stands in links, in deployment configurations and in problem types.',
  },
  tlsCertificate: {
    env: 'BECKON_TLS_CERTIFICATE', kind: text,
    sentence: 'Certificate chain in PEM, with which the port speaks `https` and `wss` itself. Without it TLS is left to a proxy.',
  },
  tlsKey: {
    env: 'BECKON_TLS_KEY', kind: text, secret: true,
    sentence: 'Private key of that certificate, in PEM.',
  },
  dataDir: {
    env: 'BECKON_DATA_DIR', kind: text, default: './data',
    sentence: 'Directory of the embedded database, of attachments and of the installation’s key, made if missing. One server at a time uses it; none does where settings give all three another place.',
  },
  databaseUrl: {
    env: 'BECKON_DATABASE_URL', kind: postgresUrl, secret: true,
    sentence: 'PostgreSQL database to use in place of the embedded one: the primary, 15 or newer. As many servers as you like use it at the same time.',
  },
  natsUrl: {
    env: 'BECKON_NATS_URL', kind: natsUrl, secret: true,
    sentence: 'NATS servers by which the servers of an installation tell each other at once what happened. Without it PostgreSQL carries that too, which does for a few servers. Needs `BECKON_DATABASE_URL`.',
  },
  role: {
    env: 'BECKON_ROLE', kind: oneOf('all', 'web', 'worker'), default: 'all',
    sentence: 'What this process does: `web` serves callers, `worker` keeps appointments (scheduled sends, expiries) and serves health and metrics only, `all` does both.',
  },
  logLevel: {
    env: 'BECKON_LOG_LEVEL', kind: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), default: 'info',
    sentence: 'Least severe log line that is written. Logs are JSON lines on standard error and never hold message text or secrets.',
  },
  trustProxy: {
    env: 'BECKON_TRUST_PROXY', kind: proxies, default: 'false',
    sentence: 'Whether the `X-Forwarded-*` headers say who the caller is: only behind a proxy that sets them itself.',
  },
  rateLimit: {
    env: 'BECKON_RATE_LIMIT', kind: wholeNumber(0, 1_000_000), default: '300',
    sentence: 'Requests per second that one OAuth client or agent may make, with twice as many at once. 0 for as many as they like.',
  },
  bodyLimit: {
    env: 'BECKON_BODY_LIMIT', kind: wholeNumber(1024, 16_777_216), default: '262144',
    sentence: 'Greatest size of a request body, in bytes.',
  },
  attachmentsUrl: {
    env: 'BECKON_ATTACHMENTS_URL', kind: filePlace,
    sentence: 'Where the bytes of attachments are kept, when that is not the folder `attachments` of the data directory: another folder, or a bucket, which every server can reach.',
  },
  attachmentsKeyId: {
    env: 'BECKON_ATTACHMENTS_KEY_ID', kind: text,
    sentence: 'Id of the access key to that bucket.',
  },
  attachmentsSecret: {
    env: 'BECKON_ATTACHMENTS_SECRET', kind: text, secret: true,
    sentence: 'Secret of that access key. It may read, write and delete the bucket’s objects and needs nothing else.',
  },
  drainSeconds: {
    env: 'BECKON_DRAIN_SECONDS', kind: wholeNumber(0, 600), default: '10',
    sentence: 'How long a stopping server waits for requests that are running before it cuts them off.',
  },
  secretKey: {
    env: 'BECKON_SECRET_KEY', kind: key, secret: true,
    sentence: 'Key of the installation, 32 random bytes in base64: seals secrets that must be used again, signs guests’ tokens. Without it, one is made in the data directory at the first start. All servers of an installation need the same.',
  },
  allowPrivateTargets: {
    env: 'BECKON_ALLOW_PRIVATE_TARGETS', kind: oneOf('false', 'true'), default: 'false',
    sentence: 'Whether this server may call addresses of its own machine and network, and without TLS, when a deployment names them, such as an OpenID provider behind the same firewall.',
  },
  metricsToken: {
    env: 'BECKON_METRICS_TOKEN', kind: text, secret: true,
    sentence: 'Bearer token that `/metrics` asks for. Without it, metrics are open to whoever reaches the port.',
  },
  bootstrapClientId: {
    env: 'BECKON_BOOTSTRAP_CLIENT_ID', kind: identifier,
    sentence: 'Id of an OAuth client that exists from the first start on and follows these settings at each start. Needs a secret.',
  },
  bootstrapClientSecret: {
    env: 'BECKON_BOOTSTRAP_CLIENT_SECRET', kind: text, secret: true,
    sentence: 'Secret of that client.',
  },
  bootstrapScopes: {
    env: 'BECKON_BOOTSTRAP_SCOPES', kind: scopeList, default: 'all',
    sentence: 'Scopes of that client.',
  },
  bootstrapAdminPassword: {
    env: 'BECKON_BOOTSTRAP_ADMIN_PASSWORD', kind: text, secret: true,
    sentence: 'Password of the desk user `admin`, who is made at the first start and gets this password at each start.',
  },
  bootstrapDeploymentId: {
    env: 'BECKON_BOOTSTRAP_DEPLOYMENT_ID', kind: identifier,
    sentence: 'Id of a deployment that is made when missing, allows this server’s own origin, and is the one the demo page uses.',
  },
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof settingsTable

type ValueOf<Row> = Row extends { readonly kind: Kind<infer T> } ? T : never

/** What the table's rows are in code: a setting without a default may be absent. */
export type Settings = {
  readonly [Name in SettingName as (typeof settingsTable)[Name] extends { readonly default: string } ? Name : never]: ValueOf<(typeof settingsTable)[Name]>
} & {
  readonly [Name in SettingName as (typeof settingsTable)[Name] extends { readonly default: string } ? never : Name]?: ValueOf<(typeof settingsTable)[Name]>
}
