import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run conformance -- <url> [--deployment <id>] [--client-id <id> --client-secret <secret>]
                           [--only <section>] [--json | --markdown] [--patience <milliseconds>]
       npm run conformance -- --list [--only <section>]

Asks the server at <url>, sentence by sentence, whether it speaks the guest protocol.
Without client credentials, cases that need the business's side are reported as in need of a backend.
Ends with 0 when nothing failed, with 1 when something did, with 2 when it was not told what to do.`

export interface Arguments {
  readonly url: string
  readonly deployment: string | undefined
  readonly client: { readonly clientId: string; readonly clientSecret: string } | undefined
  readonly only: string | undefined
  readonly form: 'text' | 'json' | 'markdown'
  readonly isListOnly: boolean
  readonly patience: number
}

const DEFAULT_PATIENCE_MILLIS = '10000'

/** What was asked for; undefined when it makes no sense. */
export function readArguments(words: readonly string[]): Arguments | undefined {
  const parsed = parse(words)
  if (parsed === undefined) return undefined
  const { values, positionals } = parsed
  const [url, ...more] = positionals
  const patience = Number(values.patience)
  const isListOnly = values.list
  const { 'client-id': clientId, 'client-secret': clientSecret } = values
  const makesSense = more.length === 0 && (isListOnly || isAddress(url)) && (clientId === undefined) === (clientSecret === undefined) && patience > 0 && !(values.json && values.markdown)
  if (!makesSense) return undefined
  return {
    url: (url ?? '').replace(/\/+$/, ''),
    deployment: values.deployment,
    client: clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret },
    only: values.only,
    form: formOf(values),
    isListOnly, patience,
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        deployment: { type: 'string' }, 'client-id': { type: 'string' }, 'client-secret': { type: 'string' }, only: { type: 'string' },
        json: { type: 'boolean', default: false }, markdown: { type: 'boolean', default: false }, list: { type: 'boolean', default: false },
        patience: { type: 'string', default: DEFAULT_PATIENCE_MILLIS },
      },
    })
  } catch {
    return undefined
  }
}

function formOf({ json, markdown }: { readonly json: boolean; readonly markdown: boolean }): Arguments['form'] {
  if (json) return 'json'
  return markdown ? 'markdown' : 'text'
}

function isAddress(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
