import { resolve } from 'node:path'
import type { PreparedDemo } from '@beckon/server'
import { usualDataDir } from '../ready-file.ts'
import { quoted } from './quoted.ts'
import type { Paint } from './paint.ts'

export interface RunningDemo {
  readonly url: string
  readonly demo: PreparedDemo
  readonly dataDir: string
}

/** Everything a newcomer needs to try the product, ending with two ways to reach the guest who just left. */
export function demoBanner({ url, demo, dataDir }: RunningDemo, paint: Paint): string {
  const row = (name: string, value: string): string => `  ${paint.dim(name.padEnd(13))}${value}`
  return [
    '',
    paint.bold('Beckon is running.'),
    '',
    row('Shop page', `${paint.blue(`${url}/`)}  chat here, then close the tab`),
    row('Desk', `${paint.blue(`${url}/desk`)}  sign in as ${paint.bold(demo.adminName)}, password ${paint.bold(demo.adminPassword)}`),
    row('API docs', paint.blue(`${url}/docs`)),
    row('OAuth client', `${demo.clientId}  (all scopes)`),
    row('its secret', demo.clientSecret),
    '',
    'Reach the guest who just closed the shop page, from a second terminal:',
    '',
    `  ${variableFor(dataDir)}npx beckon send --last "Still thinking it over? We kept your basket."`,
    '',
    'The same with nothing but curl:',
    '',
    reachLastGuest(url, demo),
    '',
    paint.dim('Ctrl-C stops it.'),
    '',
  ].join('\n')
}

/** Commands find the server by what it leaves in its data directory; they look in the usual one by themselves. */
function variableFor(dataDir: string): string {
  return resolve(dataDir) === resolve(usualDataDir) ? '' : `BECKON_DATA_DIR=${quoted(resolve(dataDir))} `
}

/** Shell for any POSIX sh: a token, the latest conversation, one send; or a word that there is nobody to send to. */
export function reachLastGuest(url: string, { clientId, clientSecret }: PreparedDemo): string {
  const pick = (key: string): string => `sed -n 's/.*"${key}":"\\([^"]*\\)".*/\\1/p'`
  return [
    `  T=$(curl -s -u '${clientId}:${clientSecret}' -d grant_type=client_credentials ${url}/oauth/token | ${pick('access_token')}) &&`,
    `  C=$(curl -s -H "Authorization: Bearer $T" '${url}/api/v2/conversations/messaging?pageSize=1' | ${pick('contactId')}) &&`,
    `  if [ -z "$C" ]; then echo 'Nobody has chatted yet: write something on the shop page first.'; else`,
    `  curl -s -H "Authorization: Bearer $T" -H 'Content-Type: application/json' -d '{"text":"We kept your basket.","proactive":true}' ${url}/api/v2/conversations/messaging/contacts/$C/messages; fi`,
  ].join('\n')
}
