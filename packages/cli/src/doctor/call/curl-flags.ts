/** What a flag of curl means for the request. `ignored` is how it is sent or shown; `refused` is what no API of JSON takes. */
export type FlagMeaning =
  | 'method' | 'url' | 'header' | 'data' | 'rawData' | 'encodedData' | 'json' | 'user' | 'bearer' | 'get' | 'head' | 'ignored'
  | 'form' | 'upload'

/** A meaning, and the names of the flags that have it. */
type Named = readonly [FlagMeaning, string]

interface Flag {
  readonly means: FlagMeaning
  readonly takesValue: boolean
}

const withValue: readonly Named[] = [
  ['method', 'X request'], ['url', 'url'], ['header', 'H header'], ['data', 'd data data-ascii data-binary'], ['rawData', 'data-raw'], ['encodedData', 'data-urlencode'],
  ['json', 'json'], ['user', 'u user'], ['bearer', 'oauth2-bearer'], ['form', 'F form form-string'], ['upload', 'T upload-file'],
  [
    'ignored',
    'A user-agent b cookie c cookie-jar e referer o output m max-time w write-out x proxy D dump-header E cert K config r range U proxy-user y Y z '
    + 'cacert capath cert-type connect-timeout key key-type limit-rate max-redirs noproxy proto resolve retry retry-delay retry-max-time stderr interface '
    + 'ciphers tls-max trace trace-ascii expect100-timeout keepalive-time connect-to dns-servers aws-sigv4 socks5 socks5-hostname unix-socket',
  ],
]
const withoutValue: readonly Named[] = [
  ['get', 'G get'], ['head', 'I head'],
  [
    'ignored',
    's silent S show-error v verbose i include f fail k insecure L location g globoff N no-buffer n netrc O remote-name J remote-header-name # progress-bar '
    + '0 1 2 3 4 6 a j l p q B C M R Z http1.0 http1.1 http2 http2-prior-knowledge http3 ipv4 ipv6 compressed fail-with-body fail-early location-trusted tlsv1 tlsv1.2 '
    + 'tlsv1.3 path-as-is no-keepalive no-progress-meter ssl-reqd anyauth basic digest retry-all-errors retry-connrefused tcp-nodelay trace-time parallel styled-output raw',
  ],
]

const flags = new Map<string, Flag>([...listed(withValue, true), ...listed(withoutValue, false)])

/** A flag by its name without dashes: `X`, `data-raw`. */
export function curlFlag(name: string): Flag | undefined {
  return flags.get(name) ?? (name.startsWith('no-') ? flags.get(name.slice('no-'.length)) && { means: 'ignored', takesValue: false } : undefined)
}

function listed(names: readonly Named[], takesValue: boolean): readonly (readonly [string, Flag])[] {
  return names.flatMap(([means, all]) => all.split(' ').map((name) => [name, { means, takesValue }] as const))
}
