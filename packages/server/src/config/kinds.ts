import { allScopes, isScope, type Scope } from '@beckon/core'

/** What a setting's text may be, and what it is in code. A fault completes the sentence "BECKON_X …". */
export interface Kind<T> {
  readonly expects: string
  readonly read: (text: string) => { readonly value: T } | { readonly fault: string }
}

export const text: Kind<string> = { expects: 'text', read: (value) => ({ value }) }

export const address: Kind<string> = {
  expects: 'host name or IP address',
  read: (value) => (/^[\w.:-]+$/.test(value) ? { value } : { fault: 'is not a host name or IP address, without scheme and port' }),
}

/** The name `all`, several names or none. */
export const scopeList: Kind<readonly Scope[]> = {
  expects: '`all`, or scopes separated by spaces or commas',
  read(value) {
    const names = value.split(/[\s,]+/).filter((name) => name !== '')
    if (names.length === 1 && names[0] === 'all') return { value: allScopes }
    const unknown = names.filter((name) => !isScope(name))
    if (unknown.length > 0) return { fault: `names ${unknown.length === 1 ? 'a scope that does' : 'scopes that do'} not exist: ${unknown.join(', ')}` }
    return { value: names.filter(isScope) }
  },
}

/** Whose `X-Forwarded-*` headers count. */
export const proxies: Kind<boolean | readonly string[]> = {
  expects: '`true`, `false`, or addresses and networks of the proxies, separated by commas',
  read(value) {
    if (value === 'true' || value === 'false') return { value: value === 'true' }
    const addresses = value.split(',').map((part) => part.trim())
    return addresses.every((part) => /^[\da-fA-F.:]+(\/\d{1,3})?$/.test(part))
      ? { value: addresses }
      : { fault: 'is not `true`, `false` or a list of addresses such as 10.0.0.0/8' }
  },
}

export const origin: Kind<string> = {
  expects: 'http or https address without a path',
  read(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined
    const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    return isOrigin ? { value: url.origin } : { fault: 'is not an address such as https://chat.example.com, without a path' }
  },
}

/** What comes after it is PostgreSQL's own business: `?sslmode=verify-full` and the like. */
export const postgresUrl: Kind<string> = {
  expects: '`postgres://user:password@host:port/database`',
  read(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined
    const isDatabase = url !== undefined && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
    return isDatabase ? { value } : { fault: 'is not the address of a database such as postgres://user:password@host/database' }
  },
}

export const natsUrl: Kind<string> = {
  expects: '`nats://user:password@host:port` or `tls://token@host`, and more servers of the cluster after commas',
  read(value) {
    const parts = value.split(',').map((part) => part.trim())
    const areServers = parts.every((part) => URL.canParse(part) && /^(nats|tls):$/.test(new URL(part).protocol) && new URL(part).hostname !== '')
    if (parts.some((part) => /%(?![\da-f]{2})/i.test(part))) return { fault: 'has a `%` that stands for nothing: in a user, password or token it is written `%25`' }
    return areServers ? { value } : { fault: 'is not the address of a NATS server such as nats://host:4222, or of several, separated by commas' }
  },
}

export type FilePlace =
  | { readonly kind: 'disk'; readonly dir: string }
  /** `url` is where the objects are, without a slash at the end. */
  | { readonly kind: 's3'; readonly url: string; readonly region: string }

const notAPlace = 'is neither a folder such as file:///var/lib/beckon/files nor a bucket such as s3://bucket/prefix?region=eu-central-1'

function readBucket({ hostname, pathname, searchParams }: URL): { readonly value: FilePlace } | { readonly fault: string } {
  if (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(hostname)) return { fault: notAPlace }
  const region = searchParams.get('region') ?? 'us-east-1'
  const endpoint = searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  if (!/^https?:\/\/[^/?#@]+\/?$/.test(endpoint)) return { fault: 'has an endpoint that is not an http or https address without a path' }
  return { value: { kind: 's3', region, url: `${endpoint.replace(/\/$/, '')}/${hostname}${pathname.replace(/\/$/, '')}` } }
}

/** A folder, or a bucket of any store that speaks S3. */
export const filePlace: Kind<FilePlace> = {
  expects: '`file:///folder` or `s3://bucket/prefix?region=…&endpoint=https://…`',
  read(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url?.protocol === 'file:' && url.host === '' && url.pathname !== '/') return { value: { kind: 'disk', dir: decodeURIComponent(url.pathname) } }
    return url?.protocol === 's3:' ? readBucket(url) : { fault: notAPlace }
  },
}

export const key: Kind<string> = {
  expects: '32 bytes in base64',
  read: (value) => (Buffer.from(value, 'base64').length === 32 ? { value } : { fault: 'is not 32 bytes in base64: `openssl rand -base64 32` makes some' }),
}

export const identifier: Kind<string> = {
  expects: 'up to 64 letters, digits and any of `._~@-`',
  read: (value) => (/^[\w.~@-]{1,64}$/.test(value) ? { value } : { fault: 'is not made of up to 64 letters, digits and any of ._~@-' }),
}

export function wholeNumber(from: number, to: number): Kind<number> {
  return {
    expects: `whole number from ${from} to ${to}`,
    read(value) {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
      return number >= from && number <= to ? { value: number } : { fault: `is not a whole number from ${from} to ${to}` }
    },
  }
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Kind<Choice> {
  return {
    expects: choices.map((choice) => `\`${choice}\``).join(', '),
    read(value) {
      const choice = choices.find((one) => one === value)
      return choice === undefined ? { fault: `is none of ${choices.join(', ')}` } : { value: choice }
    },
  }
}
