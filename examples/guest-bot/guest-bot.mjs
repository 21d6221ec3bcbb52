// Plays a customer: says what its script says, waits for what it is to hear, chooses among quick replies, and prints what was said.
//   node guest-bot.mjs [script.json] [--deployment id] [--record transcript.json] [--patience seconds]
import { readFile, writeFile } from 'node:fs/promises'
import { argv, env } from 'node:process'
import { parseArgs } from 'node:util'
import { createGuest } from '@beckon/client'
import { messagesOf, play } from './play.mjs'
import { recording } from './record.mjs'

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: { deployment: { type: 'string' }, record: { type: 'string' }, patience: { type: 'string', default: '60' } },
})
const url = env.BECKON_URL ?? 'http://127.0.0.1:8080'
const script = JSON.parse(await readFile(positionals[0] ?? new URL('return-a-jacket.json', import.meta.url), 'utf8'))
const deploymentId = values.deployment ?? (await (await fetch(`${url}/demo/config.json`)).json()).deploymentId

const { frames, openSocket } = recording(() => Date.now())
const guest = createGuest({ url, deploymentId, openSocket })
guest.connect()
try {
  await play(guest, script, Number(values.patience))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
for (const { direction, fromName, text } of messagesOf(guest.state())) console.log(`${direction === 'inbound' ? 'guest' : (fromName ?? 'business')}: ${text}`)
guest.disconnect()
if (values.record !== undefined) await writeFile(values.record, `${JSON.stringify({ script, frames }, undefined, 1)}\n`)
