import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { run, tell } from './run.mjs'

/**
 * What the tests need beside npm packages: one row each. `variable` names where the tests are told the path, and may be set beforehand.
 */
const services = [
  {
    name: 'Chromium',
    variable: 'BECKON_TEST_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    debian: ['chromium'],
    elsewhere: 'install Chromium or Chrome and put it on PATH, or set BECKON_TEST_CHROMIUM to its executable',
  },
]

/** Finds every service, installing on Debian as root what is missing. Answers a row per service: `{name, path, problem}`. */
export async function provideServices({ install }) {
  const found = []
  for (const service of services) found.push(await provide(service, install))
  return found
}

async function provide(service, install) {
  const present = locate(service)
  if (present) return served(service, present)
  if (!install || !mayUseApt()) return { name: service.name, problem: `${service.name} is missing: ${hint(service)}` }
  const output = await aptInstall(service)
  const path = locate(service)
  return path ? served(service, path) : { name: service.name, problem: `${service.name} could not be installed by apt-get:\n${output}` }
}

function served(service, path) {
  process.env[service.variable] = path
  return { name: service.name, path }
}

function locate({ variable, commands }) {
  const told = process.env[variable]
  if (told) return existsSync(told) ? told : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find((path) => existsSync(path))
}

function mayUseApt() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

function hint({ debian, elsewhere }) {
  return existsSync('/etc/debian_version') ? `run \`sudo apt-get install -y ${debian.join(' ')}\`` : elsewhere
}

async function aptInstall({ name, debian }) {
  tell(`installing ${name} (apt-get install ${debian.join(' ')}) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { quiet: true, env })
  const install = () => aptGet('install', '-y', '--no-install-recommends', ...debian)
  const first = await install()
  if (first.code === 0) return first.output
  await aptGet('update')
  return (await install()).output
}
