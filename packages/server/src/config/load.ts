import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'
import { cautions, contradictions } from './contradictions.ts'
import { closestName } from './closest-name.ts'
import { settingsTable, type Setting, type Settings } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface LoadedSettings {
  readonly settings: Settings
  /** What is probably a mistake, but keeps nobody from starting. */
  readonly warnings: readonly string[]
}

/**
 * Reads every setting, from the environment first and then from `defaults` (by environment variable). An empty variable
 * counts as absent, since that is all that some tools can write. Throws `ConfigError` with every problem there is.
 */
export function loadSettings(env: Environment, defaults: Environment = {}): LoadedSettings {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, row] of Object.entries<Setting<unknown>>(settingsTable)) {
    const given = givenText(env, row, problems) ?? defaults[row.env] ?? row.default
    if (given === undefined) continue
    const read = row.kind.read(given)
    if ('fault' in read) problems.push(`${row.env} ${read.fault}${row.secret ? '' : ` (it is ${JSON.stringify(given)})`}.`)
    else values[name] = read.value
  }
  problems.push(...contradictions(values))
  if (problems.length > 0 || !isComplete(values)) throw new ConfigError(problems)
  return { settings: Object.freeze(values), warnings: [...unknownVariables(env), ...cautions(values)] }
}

function isComplete(values: Readonly<Record<string, unknown>>): values is Settings {
  return Object.entries<Setting<unknown>>(settingsTable).every(([name, row]) => row.default === undefined || name in values)
}

function givenText(env: Environment, row: Setting<unknown>, problems: string[]): string | undefined {
  const direct = env[row.env] || undefined
  const file = env[`${row.env}_FILE`] || undefined
  if (file === undefined) return direct
  if (direct !== undefined) problems.push(`${row.env} and ${row.env}_FILE are both set: set one of them.`)
  try {
    // Editors and secret stores end a file with a newline that is no part of the secret.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    problems.push(`${row.env}_FILE names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
    return undefined
  }
}

/** Read by the command line, which talks to a server rather than being one. */
const variablesOfCallers = ['BECKON_URL', 'BECKON_CLIENT_ID', 'BECKON_CLIENT_SECRET', 'BECKON_TOKEN']

function unknownVariables(env: Environment): readonly string[] {
  const known = Object.values(settingsTable).flatMap((row) => [row.env, `${row.env}_FILE`])
  return Object.keys(env)
    .filter((name) => name.startsWith('BECKON_') && !known.includes(name) && !variablesOfCallers.includes(name))
    .map((name) => {
      const closest = closestName(name, known)
      return `${name} is not a setting and was ignored.${closest === undefined ? '' : ` Did you mean ${closest}?`}`
    })
}
