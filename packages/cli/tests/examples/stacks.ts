import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runToEnd } from './run-to-end.ts'
import type { StoryName } from './stories.ts'

/** What an integrator writes in, and how a program in it is made and started. */
export interface Stack {
  readonly name: string
  /** `http`: the program sees statuses and bodies. `sdk`: it sees what the SDK makes of them. */
  readonly sees: 'http' | 'sdk'
  /** Compiles what has to be compiled. */
  readonly prepare: () => Promise<void>
  /** The command line that runs a story. */
  readonly command: (story: StoryName) => readonly string[]
}

const root = join(import.meta.dirname, '../../../..')
const examples = join(root, 'examples')
const built = join(root, 'node_modules/.cache/beckon-examples')
const nothingToDo = (): Promise<void> => Promise.resolve()

export const stacks: readonly Stack[] = [
  { name: 'curl', sees: 'http', prepare: nothingToDo, command: (story) => ['sh', join(examples, 'curl', `${story}.sh`)] },
  { name: 'Node', sees: 'http', prepare: nothingToDo, command: (story) => [process.execPath, join(examples, 'node', `${story}.mjs`)] },
  { name: 'Node with the SDK', sees: 'sdk', prepare: nothingToDo, command: (story) => [process.execPath, join(examples, 'node-sdk', `${story}.mjs`)] },
  {
    name: 'PHP with Guzzle',
    sees: 'http',
    prepare: nothingToDo,
    command: (story) => [tool('BECKON_TEST_PHP', '/usr/bin/php'), join(examples, 'php', `${story}.php`)],
  },
  {
    name: 'Python with requests',
    sees: 'http',
    prepare: nothingToDo,
    // Not to leave compiled modules in the tree.
    command: (story) => [tool('BECKON_TEST_PYTHON', '/usr/bin/python3'), '-B', join(examples, 'python', `${story.replaceAll('-', '_')}.py`)],
  },
  {
    name: 'C# with HttpClient',
    sees: 'http',
    prepare: compileCsharp,
    command: (story) => [...onOneCore(), beside(csharpCompiler(), 'mono'), join(built, 'csharp/run-and-leave.exe'), join(built, 'csharp', `${pascalCase(story)}.exe`)],
  },
  { name: 'Rust with reqwest', sees: 'http', prepare: buildRust, command: (story) => [join(built, 'rust/target/debug', story)] },
]

/** What the set-up of `npm test` has found; by itself, what Debian calls it, else whatever the PATH has. */
function tool(variable: string, onDebian: string): string {
  const name = onDebian.slice(onDebian.lastIndexOf('/') + 1)
  return process.env[variable] ?? (existsSync(onDebian) ? onDebian : name)
}

/** Between cores, the thread pool of Mono 6.8 now and then loses a wake-up and sleeps for up to a minute. */
function onOneCore(): readonly string[] {
  if (!existsSync('/usr/bin/taskset')) return []
  const [, core = '0'] = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return ['taskset', '-c', core]
}

function csharpCompiler(): string {
  return tool('BECKON_TEST_MCS', '/usr/bin/mcs')
}

function beside(command: string, other: string): string {
  return command.includes('/') ? join(dirname(command), other) : other
}

function pascalCase(story: string): string {
  return story.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}

async function compileCsharp(): Promise<void> {
  const [sources, out] = [join(examples, 'csharp'), join(built, 'csharp')]
  await mkdir(out, { recursive: true })
  await mustEndWell(csharpCompiler(), ['-warnaserror+', `-out:${join(out, 'run-and-leave.exe')}`, join(import.meta.dirname, 'run-and-leave.cs')])
  for (const source of readdirSync(sources).filter((file) => /^S\d.*\.cs$/.test(file))) {
    const program = join(out, source.replace(/\.cs$/, '.exe'))
    const libraries = ['-r:System.Net.Http.dll', '-r:System.Json.dll']
    await mustEndWell(csharpCompiler(), ['-warnaserror+', ...libraries, `-out:${program}`, join(sources, 'Beckon.cs'), join(sources, source)])
  }
}

/** Where Debian's librust-…-dev packages put crates. */
const debianCrates = '/usr/share/cargo/registry'

/** Built in a copy, because cargo writes its lock beside the manifest and ours names no versions: a distribution has those it has. */
async function buildRust(): Promise<void> {
  const [cargo, copy] = [tool('BECKON_TEST_CARGO', '/usr/bin/cargo'), join(built, 'rust')]
  await cp(join(examples, 'rust'), copy, { recursive: true, preserveTimestamps: true, filter: (path) => !/(target|Cargo\.lock)$/.test(path) })
  const fromDebian = existsSync(debianCrates)
    ? ['--offline', '--config', 'source.crates-io.replace-with="debian"', '--config', `source.debian.directory="${debianCrates}"`]
    : []
  const args = ['build', '--no-default-features', '--manifest-path', join(copy, 'Cargo.toml'), '--target-dir', join(copy, 'target'), ...fromDebian]
  const home = fromDebian.length > 0 ? join(built, 'cargo') : process.env['CARGO_HOME']
  await mustEndWell(cargo, args, {
    CARGO_INCREMENTAL: '0',
    HOME: process.env['HOME'] ?? '',
    PATH: cargo.includes('/') ? `${dirname(cargo)}:${process.env['PATH'] ?? ''}` : process.env['PATH'] ?? '',
    ...(home === undefined ? {} : { CARGO_HOME: home }),
  })
}

async function mustEndWell(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { code, out, err } = await runToEnd([command, ...args], env, 900_000)
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${out}${err}`)
}
