import type { Command } from 'commander'
import { createBeckon, type Beckon } from '@beckon/client'
import { CommandFailed } from '../command-failed.ts'
import { connect, serverUrl, type ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'
import { askServer, type Asked } from '../doctor/call/ask-server.ts'
import { judgeCall, type Judged } from '../doctor/call/judge-call.ts'
import { tokenIn } from '../doctor/call/judge-headers.ts'
import { readCurl, type CurlRequest } from '../doctor/call/read-curl.ts'
import { readyCurl, withoutSecrets } from '../doctor/call/ready-curl.ts'
import { shellWords, type ShellWord } from '../doctor/call/shell-words.ts'
import type { Finding } from '../doctor/finding.ts'
import { checkHealth } from '../doctor/server-checks.ts'
import { describeFinding } from '../output/describe-finding.ts'
import { describePlan } from '../output/describe-plan.ts'
import { plainText } from '../output/plain-text.ts'
import { createServerCommand } from '../server-command.ts'

export function createDoctorCallCommand(context: Context): Command {
  return createServerCommand('call', 'say what would become of a curl line, and why; nothing is sent that changes anything', [
    `beckon doctor call "curl -X PATCH https://api.example.com/api/v2/conversations/messaging/0198… -d '{\\"status\\":\\"open\\"}'"`,
    'beckon doctor call -- curl -X DELETE https://api.example.com/api/v2/conversations/webmessaging/instances/0198…',
    'beckon doctor call - < failing.sh',
  ])
    .argument('[line...]', 'the line in one piece, or word by word behind --; - or nothing reads it from standard input')
    .action((words: readonly string[], _: ServerFlags, command: Command) => doctorCall(context, words, command.optsWithGlobals()))
}

async function doctorCall(context: Context, words: readonly string[], flags: ServerFlags): Promise<void> {
  const { request, notes } = await readLine(context, words)
  const judged = judgeCall(request)
  const url = await serverUrl(context, flags)
  const asked = judged.answers ? await ask(context, flags, { request, judged, url }) : nobodyAsked
  const findings = [...notes, ...judged.findings, ...needs(judged, asked), ...asked.findings]
  tell(context, flags, { url, judged, findings, asked })
  const bad = findings.filter(({ state }) => state === 'bad')
  if (bad.length > 0) throw new CommandFailed('unhealthy', `The call would be refused: ${firstOf(bad)}`)
}

async function readLine(context: Context, words: readonly string[]): Promise<{ readonly request: CurlRequest; readonly notes: readonly Finding[] }> {
  const [only = '-', ...others] = words
  // A shell has taken the words apart already, and put the values of variables in.
  if (others.length > 0) return { request: readCurl(words.map((text): ShellWord => ({ text, isOpen: false }))), notes: [] }
  const line = shellWords(only === '-' ? await context.readStandardInput() : only)
  if (!line) throw new CommandFailed('usage', 'A quote in the line is opened and never closed.', ['Paste it as it is into a file, and run: beckon doctor call - < file'])
  const notes: readonly Finding[] = line.cutAt === '&'
    ? [{ name: 'shell', state: 'bad', told: 'a shell ends the command at an & outside of quotes', remedy: 'Put the address into quotes.' }]
    : []
  return { request: readCurl(line.words), notes }
}

const nobodyAsked: Asked = { findings: [] }

interface Question {
  readonly request: CurlRequest
  readonly judged: Judged
  readonly url: string
}

/** A token in the line is asked about itself, if it is one of ours; it goes to no server but the one that was chosen. */
async function ask(context: Context, flags: ServerFlags, { request, judged, url }: Question): Promise<Asked> {
  const [server] = await checkHealth(url, context.now)
  if (server?.state !== 'good') return { findings: [{ name: 'server', state: 'skipped', told: 'no server was asked: scopes, states and plans are not checked', remedy: 'Start one with beckon demo, or name another with --url.' }] }
  const token = tokenIn(request)
  const beckon = token === undefined ? await connected(context, flags) : createBeckon({ url, token, retry: { retries: 0 } })
  return beckon instanceof CommandFailed ? { findings: [{ name: 'server', state: 'skipped', told: beckon.message, remedy: beckon.remedies.join(' ') }] } : askServer(beckon, judged)
}

async function connected(context: Context, flags: ServerFlags): Promise<Beckon | CommandFailed> {
  try {
    return (await connect(context, flags)).beckon
  } catch (error) {
    if (error instanceof CommandFailed) return error
    throw error
  }
}

/** Said only where nobody's token was looked at. */
function needs({ scopes: [narrowest, ...wider], answers }: Judged, { findings }: Asked): readonly Finding[] {
  if (!answers || narrowest === undefined || findings.some(({ name }) => name === 'scope')) return []
  const also = wider.length === 0 ? '' : ` (${wider.join(' or ')} would do as well)`
  return [{ name: 'scope', state: 'skipped', told: `needs ${narrowest}${also}` }]
}

interface Verdict {
  readonly url: string
  readonly judged: Judged
  readonly findings: readonly Finding[]
  readonly asked: Asked
}

function tell(context: Context, flags: ServerFlags, verdict: Verdict): void {
  const { out, paint } = context.terminal
  const { url, judged: { answers, twin }, findings, asked: { plan } } = verdict
  const curl = twin && readyCurl(twin, url)
  if (flags.json === true) return out(JSON.stringify({ ...forScripts(verdict), curl }))
  for (const line of findings.flatMap((finding) => describeFinding(finding, paint))) out(line)
  if (plan) for (const line of describePlan(plan, { dryRun: true, now: context.now(), paint })) out(line)
  if (curl === undefined) return
  for (const line of ['', paint.dim(answers?.kind === 'spelling' ? 'By its documented name:' : 'Ready to be made:'), '', plainText(curl)]) out(line)
}

function forScripts({ judged: { method, place, answers, twin, scopes }, findings, asked: { plan } }: Verdict): object {
  return {
    wouldSucceed: findings.every(({ state }) => state !== 'bad'),
    method, path: place.path, host: place.host, operationId: answers?.row.operationId, kind: answers?.kind,
    canonical: twin && { operationId: twin.row.operationId, method: twin.method, path: twin.path, body: withoutSecrets(twin.body) },
    scopes, findings, plan,
  }
}

function firstOf(findings: readonly Finding[]): string {
  return findings.map(({ told }) => told)[0] ?? ''
}
