import { existsSync, readdirSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import process from 'node:process'
import { fetchedHelm, fetchHelm } from './helm.mjs'
import { run } from './run.mjs'

const onDebian = existsSync('/etc/debian_version')

/**
 * What the tests need beside npm packages: one row each. `variable` names where the tests are told the path, and may be set beforehand.
 * `fetch` gets what no distribution packs, and answers why it could not.
 * `commands` (or what they answer when they are asked) are looked for in this order, and the first that has the `libraries` counts.
 */
const services = [
  {
    name: 'Chromium',
    variable: 'BECKON_TEST_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    debian: ['chromium'],
    elsewhere: 'install Chromium or Chrome and put it on PATH, or set BECKON_TEST_CHROMIUM to its executable',
  },
  {
    name: 'curl and jq',
    variable: 'BECKON_TEST_JQ',
    commands: ['jq'],
    libraries: () => succeeds('curl', ['--version']),
    debian: ['curl', 'jq'],
    elsewhere: 'install curl and jq and put them on PATH',
  },
  {
    name: 'PHP with Guzzle',
    variable: 'BECKON_TEST_PHP',
    commands: ['/usr/bin/php', 'php'],
    libraries: (php) => succeeds(php, ['-r', "require 'examples/php/beckon.php';"]),
    debian: ['php-cli', 'php-curl', 'php-guzzlehttp-guzzle'],
    elsewhere: 'install PHP and run `composer install` in examples/php, or set BECKON_TEST_PHP to a PHP that knows Guzzle',
  },
  {
    name: 'Python with requests',
    variable: 'BECKON_TEST_PYTHON',
    commands: ['/usr/bin/python3', 'python3'],
    libraries: (python) => succeeds(python, ['-c', 'import requests']),
    debian: ['python3', 'python3-requests'],
    elsewhere: 'run `pip install requests`, or set BECKON_TEST_PYTHON to a Python that has it',
  },
  {
    name: 'C# (Mono)',
    variable: 'BECKON_TEST_MCS',
    commands: ['/usr/bin/mcs', 'mcs'],
    // Debian packs each library by itself; elsewhere Mono comes whole.
    libraries: async () => !onDebian || ['System.Net.Http', 'System.Json'].every((name) => existsSync(`/usr/lib/mono/4.5/${name}.dll`)),
    debian: ['mono-mcs', 'mono-runtime', 'libmono-system-net-http4.0-cil', 'libmono-system-json4.0-cil'],
    elsewhere: 'install Mono and put it on PATH, or set BECKON_TEST_MCS to its C# compiler',
  },
  {
    name: 'Rust with reqwest',
    variable: 'BECKON_TEST_CARGO',
    commands: ['/usr/bin/cargo', 'cargo'],
    // Elsewhere cargo fetches its crates by itself.
    libraries: async () => !onDebian || entries('/usr/share/cargo/registry').some((name) => name.startsWith('reqwest-')),
    debian: ['rustc', 'cargo', 'librust-reqwest-dev'],
    elsewhere: 'install Rust (rustup.rs) and put cargo on PATH, or set BECKON_TEST_CARGO to it',
  },
  {
    name: 'PostgreSQL',
    variable: 'BECKON_TEST_POSTGRES',
    // Debian keeps the servers of all versions off PATH. Tests make clusters of their own and never touch one that runs already.
    commands: () => [...entries('/usr/lib/postgresql').toReversed().map((version) => `/usr/lib/postgresql/${version}/bin/postgres`), 'postgres'],
    libraries: async (postgres) => existsSync(join(dirname(postgres), 'initdb')),
    debian: ['postgresql'],
    elsewhere: 'install PostgreSQL 15 or later, or set BECKON_TEST_POSTGRES to its executable `postgres`, with `initdb` beside it',
  },
  {
    name: 'NATS',
    variable: 'BECKON_TEST_NATS',
    // Debian starts one when it is installed; tests start their own, on ports of their own.
    commands: ['/usr/sbin/nats-server', 'nats-server'],
    debian: ['nats-server'],
    elsewhere: 'install nats-server and put it on PATH, or set BECKON_TEST_NATS to its executable',
  },
  {
    name: 'libfaketime',
    variable: 'BECKON_TEST_FAKETIME',
    commands: () => entries('/usr/lib').map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`),
    debian: ['faketime'],
    elsewhere: 'install libfaketime and set BECKON_TEST_FAKETIME to its libfaketimeMT.so.1, or leave out the faults of clocks: BECKON_CHAOS_WITHOUT=skew-clock,start-skewed',
  },
  {
    name: 'systemd-analyze',
    variable: 'BECKON_TEST_SYSTEMD_ANALYZE',
    commands: ['systemd-analyze'],
    debian: ['systemd'],
    elsewhere: 'run the tests on Linux with systemd, whose units they check, or set BECKON_TEST_SYSTEMD_ANALYZE to its systemd-analyze',
  },
  {
    name: 'unzip',
    variable: 'BECKON_TEST_UNZIP',
    commands: ['unzip'],
    debian: ['unzip'],
    elsewhere: 'install unzip and put it on PATH',
  },
  {
    name: 'Helm',
    variable: 'BECKON_TEST_HELM',
    commands: [fetchedHelm, 'helm'],
    fetch: fetchHelm,
    debian: [],
    elsewhere: 'install Helm 3.13 or later (helm.sh) and put it on PATH, or set BECKON_TEST_HELM to it',
  },
]

/** Finds every service, installing on Debian as root what is missing. Answers a row per service: `{name, path, problem}`. */
export async function provideServices({ install }) {
  const found = []
  for (const service of services) found.push(await provide(service, install))
  return found
}

async function provide(service, install) {
  const present = await locate(service)
  if (present) return served(service, present)
  if (install && service.fetch) {
    const problem = await service.fetch()
    return problem === undefined ? served(service, await locate(service)) : { name: service.name, problem }
  }
  if (!install || !mayUseApt()) return { name: service.name, problem: `${service.name} is missing: ${hint(service)}` }
  const output = await aptInstall(service)
  const path = await locate(service)
  return path ? served(service, path) : { name: service.name, problem: `${service.name} could not be installed by apt-get:\n${output}` }
}

function served(service, path) {
  process.env[service.variable] = path
  return { name: service.name, path }
}

async function locate({ variable, commands, libraries = async () => true }) {
  const told = process.env[variable]
  const candidates = told ? [told] : (typeof commands === 'function' ? commands() : commands).flatMap(placesOf)
  for (const path of candidates) if (existsSync(path) && (await libraries(path))) return path
  return undefined
}

function placesOf(command) {
  return isAbsolute(command) ? [command] : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command))
}

async function succeeds(command, args) {
  return (await run(command, args, { quiet: true })).code === 0
}

function entries(folder) {
  return existsSync(folder) ? readdirSync(folder) : []
}

function mayUseApt() {
  return onDebian && process.getuid?.() === 0
}

function hint({ debian, elsewhere }) {
  return onDebian && debian.length > 0 ? `run \`sudo apt-get install -y ${debian.join(' ')}\`` : elsewhere
}

async function aptInstall({ name, debian }) {
  console.log(`beckon: installing ${name} (apt-get install ${debian.join(' ')}) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { quiet: true, env })
  const install = () => aptGet('install', '-y', '--no-install-recommends', ...debian)
  const first = await install()
  if (first.code === 0) return first.output
  await aptGet('update')
  return (await install()).output
}
