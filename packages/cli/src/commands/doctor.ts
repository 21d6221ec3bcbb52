import type { Command } from 'commander'
import { CommandFailed } from '../command-failed.ts'
import { connect, serverUrl } from '../connect.ts'
import { checkDataDir, checkNodeVersion, checkPort } from '../doctor/local-checks.ts'
import { checkDatabaseFile } from '../doctor/check-database.ts'
import { checkHealth, checkToken } from '../doctor/server-checks.ts'
import { dataDirOf } from '../ready-file.ts'
import { describeFinding } from '../output/describe-finding.ts'
import { createServerCommand } from '../server-command.ts'
import { createDoctorCallCommand } from './doctor-call.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'
import type { Finding } from '../doctor/finding.ts'

export function createDoctorCommand(context: Context): Command {
  return createServerCommand('doctor', 'look for what is wrong, and say what to do about it', [
    'beckon doctor',
    'beckon doctor --url https://chat.example.com --json',
    'beckon doctor call - < failing-curl.sh',
  ])
    .addCommand(createDoctorCallCommand(context))
    .action((flags: ServerFlags) => doctor(context, flags))
}

async function doctor(context: Context, flags: ServerFlags): Promise<void> {
  const findings = await examine(context, flags)
  const { out, paint } = context.terminal
  if (flags.json === true) out(JSON.stringify(findings))
  else for (const line of findings.flatMap((finding) => describeFinding(finding, paint))) out(line)
  const bad = findings.filter(({ state }) => state === 'bad')
  if (bad.length > 0) throw new CommandFailed('unhealthy', `${bad.length} of ${findings.length} checks need attention: ${bad.map(({ name }) => name).join(', ')}`)
}

async function examine(context: Context, flags: ServerFlags): Promise<readonly Finding[]> {
  const dataDir = dataDirOf(context.env)
  const url = await serverUrl(context, flags)
  const health = await checkHealth(url, context.now)
  const answers = health[0]?.state === 'good'
  return [
    checkNodeVersion(process.version),
    await checkDataDir(dataDir),
    await checkDatabaseFile(context.env),
    ...health,
    answers ? await checkAccess(context, flags) : await checkPort(context.env),
  ]
}

async function checkAccess(context: Context, flags: ServerFlags): Promise<Finding> {
  try {
    return await checkToken((await connect(context, flags)).beckon)
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    return { name: 'token', state: 'warning', told: error.message, remedy: error.remedies.join(' ') }
  }
}
