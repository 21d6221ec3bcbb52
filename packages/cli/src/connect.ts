import { readFile } from 'node:fs/promises'
import { createBeckon } from '@beckon/client'
import type { Beckon, BeckonOptions } from '@beckon/client'
import { CommandFailed } from './command-failed.ts'
import { dataDirOf, readReadyFiles } from './ready-file.ts'
import type { Context } from './context.ts'
import type { ReadyFile } from './ready-file.ts'

/** Flags that every command which talks to a server takes. */
export interface ServerFlags {
  readonly url?: string
  readonly clientId?: string
  readonly clientSecret?: string
  readonly token?: string
  readonly json?: boolean
}

/** A server that was found, and how. */
export interface Connection {
  readonly url: string
  readonly beckon: Beckon
}

const defaultUrl = 'http://127.0.0.1:8080'

/** Connects by flags, else by environment, else by what a server started in this folder has left. */
export async function connect(context: Context, flags: ServerFlags): Promise<Connection> {
  const left = await readReadyFiles(dataDirOf(context.env))
  const url = normal(flags.url ?? context.env['BECKON_URL'] ?? left[0]?.url ?? defaultUrl)
  const identity = (await givenIdentity(context, flags)) ?? leftIdentity(url, left)
  if (identity === undefined) throw missingIdentity(url)
  return { url, beckon: createBeckon({ ...identity, url, retry: { retries: 3 }, headers: { 'user-agent': 'beckon-cli' } }) }
}

/** The address alone, for what needs no token. */
export async function serverUrl(context: Context, flags: ServerFlags): Promise<string> {
  const [ready] = await readReadyFiles(dataDirOf(context.env))
  return normal(flags.url ?? context.env['BECKON_URL'] ?? ready?.url ?? defaultUrl)
}

type Identity = { readonly token: string } | { readonly clientId: string; readonly clientSecret: string }

async function givenIdentity({ env }: Context, flags: ServerFlags): Promise<Identity | undefined> {
  const token = flags.token ?? (flags.clientId === undefined ? await setting(env, 'BECKON_TOKEN') : undefined)
  if (token !== undefined) return { token }
  const clientId = flags.clientId ?? env['BECKON_CLIENT_ID']
  const clientSecret = flags.clientSecret ?? (await setting(env, 'BECKON_CLIENT_SECRET'))
  if (clientId === undefined && clientSecret === undefined) return undefined
  if (clientId === undefined) throw new CommandFailed('usage', 'There is a client secret but no client id.', ['Set BECKON_CLIENT_ID.'])
  if (clientSecret === undefined) throw new CommandFailed('usage', 'There is a client id but no client secret.', ['Set BECKON_CLIENT_SECRET.'])
  return { clientId, clientSecret }
}

/** A secret left for one server is never sent to another. */
function leftIdentity(url: string, left: readonly ReadyFile[]): Identity | undefined {
  const { clientId, clientSecret } = left.find((ready) => normal(ready.url) === url) ?? {}
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret }
}

/** Secrets may be given as files, as container platforms mount them. */
async function setting(env: Context['env'], name: string): Promise<string | undefined> {
  const file = env[`${name}_FILE`]
  return env[name] ?? (file === undefined ? undefined : (await readFile(file, 'utf8')).trim())
}

function missingIdentity(url: string): CommandFailed {
  return new CommandFailed('usage', `No credentials for ${url}.`, [
    'Set BECKON_CLIENT_ID and BECKON_CLIENT_SECRET (or BECKON_TOKEN),',
    'or run this in the folder where beckon demo runs: it leaves them there.',
  ])
}

function normal(url: string): BeckonOptions['url'] {
  try {
    return new URL(url).href.replace(/\/+$/, '')
  } catch {
    throw new CommandFailed('usage', `"${url}" is not an address.`, ['Write it whole, as in --url https://chat.example.com'])
  }
}
