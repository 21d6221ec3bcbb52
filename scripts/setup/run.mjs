import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { root } from './root.mjs'

/** The environment in which our tools run: the pinned Node and the installed commands come first. */
export function toolEnvironment() {
  const path = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH ?? '']
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Progress is for whoever watches; standard output belongs to what was asked for, such as the ready line. */
export function tell(line) {
  process.stderr.write(`beckon: ${line}\n`)
}

/**
 * Runs a command in the repository and resolves with its exit code and, when `quiet`, what it wrote. `aside` sends what it writes to standard error.
 * Never rejects: a command that cannot be started is one that failed.
 */
export function run(command, args, { quiet = false, aside = false, env = process.env, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: stdioOf({ quiet, aside }), shell: needsShell(command) })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) => resolve({ code: code ?? signalCode(signal), output }))
  })
}

/** Becomes the command: the terminal, the signals and the exit code are its own. */
export async function become(command, args) {
  const child = spawn(command, args, { cwd: root, env: toolEnvironment(), stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A terminal sends Ctrl-C to both of us; a second one would tell the child to stop waiting for what it still has to finish.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve(status ?? signalCode(signal)))
  })
  process.exit(code)
}

function stdioOf({ quiet, aside }) {
  if (quiet) return ['ignore', 'pipe', 'pipe']
  return aside ? ['inherit', 2, 'inherit'] : 'inherit'
}

// npm and its friends are scripts on Windows, which only a shell can start.
function needsShell(command) {
  return process.platform === 'win32' && !command.endsWith('.exe')
}

function signalCode(signal) {
  return 128 + (constants.signals[signal] ?? 0)
}
