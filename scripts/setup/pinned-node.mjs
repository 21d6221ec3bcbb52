import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './root.mjs'
import { run, tell } from './run.mjs'

const oldest = 24
const packageFolder = join(root, 'node_modules', 'node')

/**
 * The Node that runs Beckon: the one pinned by the npm package `node`.
 *
 * That package fetches its binary from a preinstall script. npm may have been told not to run such scripts, so the binary is looked for, asked
 * for again, fetched by running the package's own step, and only then given up.
 */
export async function findPinnedNode() {
  const binary = join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (await isRecent(binary)) return binary
  tell(`fetching Node ${oldest} …`)
  await run('npm', ['rebuild', 'node', '--loglevel=error'], { quiet: true })
  if (await isRecent(binary)) return binary
  const fetched = existsSync(packageFolder)
    ? await run(process.execPath, ['installArchSpecificPackage'], { quiet: true, cwd: packageFolder })
    : { output: 'the npm package "node" is not installed' }
  if (await isRecent(binary)) return binary
  if (await isRecent(process.execPath)) return process.execPath
  throw new Error(whatToDo(fetched.output))
}

async function isRecent(binary) {
  const { code, output } = await run(binary, ['--version'], { quiet: true })
  return code === 0 && Number(/^v(\d+)\./.exec(output)?.[1] ?? 0) >= oldest
}

function whatToDo(output) {
  return [
    `Beckon needs Node ${oldest} or newer; this is ${process.version}, and the npm package "node" did not bring its binary.`,
    ...output.trim().split('\n').slice(-5).map((line) => `  | ${line}`),
    'Do one of these and try again:',
    '  - let its install script run:  npm install-scripts approve node && npm rebuild node',
    `  - install Node ${oldest} or newer on this machine, from https://nodejs.org or by your package manager`,
  ].join('\n')
}
