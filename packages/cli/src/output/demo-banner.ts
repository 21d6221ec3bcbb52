import type { PreparedDemo } from '@beckon/server'
import type { Paint } from './paint.ts'

/** Everything a newcomer needs to try the product, ending with two ways to reach the guest who just left. */
export function demoBanner(url: string, demo: PreparedDemo, paint: Paint): string {
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
    'Reach the guest who just closed the shop page:',
    '',
    '  npx beckon send --last "Still thinking it over? We kept your basket."',
    '',
    'The same with nothing but curl:',
    '',
    reachLastGuest(url, demo),
    '',
    paint.dim('Ctrl-C stops it.'),
    '',
  ].join('\n')
}

/** Shell for any POSIX sh: a token, the latest conversation, one send. */
export function reachLastGuest(url: string, { clientId, clientSecret }: PreparedDemo): string {
  const pick = (key: string): string => `sed 's/.*"${key}":"\\([^"]*\\)".*/\\1/'`
  return [
    `  T=$(curl -s -u '${clientId}:${clientSecret}' -d grant_type=client_credentials ${url}/oauth/token | ${pick('access_token')}) &&`,
    `  C=$(curl -s -H "Authorization: Bearer $T" '${url}/api/v2/conversations/messaging?pageSize=1' | ${pick('contactId')}) &&`,
    `  curl -s -H "Authorization: Bearer $T" -H 'Content-Type: application/json' -d '{"text":"We kept your basket.","proactive":true}' ${url}/api/v2/conversations/messaging/contacts/$C/messages`,
  ].join('\n')
}
