// What no linter we use can see: names that say nothing, second front doors, crowded folders, moments taken from nowhere, notes to ourselves.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../setup/root.mjs'

const places = ['packages', 'bench', 'conformance', 'simulation', 'examples', 'scripts', 'docs']
const ignored = new Set(['node_modules', 'dist', 'data', 'results'])
const isCode = (path) => /\.(ts|tsx|mjs)$/.test(path)
const readsTheClock = /^packages\/server\/src\/adapters\/system\/|\/system-[^/]+\.tsx?$|^packages\/[^/]+\/tests\/|^packages\/cli\/|^(bench|conformance|scripts|simulation)\/|\.test\.tsx?$/

const fileRules = [
  {
    says: 'is named after the one thing it holds, not after a drawer',
    broken: (path) => /(^|\/)(utils?|helpers?|common|misc|types|managers?|impl|base|service)\.\w+$/.test(path),
  },
  {
    says: 'is a second front door; a package has one index.ts (and its testing kit another)',
    broken: (path) => /^packages\/[^/]+\/src\/.+\/index\.tsx?$/.test(path) && path !== 'packages/core/src/testing/index.ts',
  },
]

const textRules = [
  {
    says: 'takes a moment from nowhere; ask the Clock you are given',
    broken: (line, path) => /\bnew Date\(\)|(?<!\.)\bDate\(\)/.test(line) && !readsTheClock.test(path),
  },
  { says: 'leaves a note to ourselves; do it, or open an issue', broken: (line) => /\b(TODO|FIXME|XXX)\b/.test(line) },
  { says: 'switches the type checker off', broken: (line) => /@ts-(ignore|nocheck)/.test(line) },
  { says: 'silences a rule without saying why after --', broken: (line) => /(oxlint|eslint)-disable(?!.* -- \S)/.test(line) },
]

const problems = [...(await problemsOfFiles()), ...(await problemsOfTheLock())]
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1

async function problemsOfFiles() {
  const folders = (await Promise.all(places.map((place) => foldersUnder(place)))).flat()
  const perFile = folders.flatMap(({ path, files }) => files.map((file) => problemsOfFile(`${path}/${file}`)))
  return [...folders.flatMap(problemsOfFolder), ...(await Promise.all(perFile)).flat()]
}

function problemsOfFolder({ path, files, size }) {
  // Tests stand beside their code and do not crowd a folder; one operation a file is a list, however long.
  const entries = size - files.filter((file) => /\.(test|property\.test)\.tsx?$/.test(file)).length
  const isList = /\/(commands|queries|routes|operations|adr|rest|handlers|migrations)$/.test(path)
  return entries > 20 && !isList ? [`${path} holds ${entries} entries (at most 20); make folders by noun`] : []
}

async function problemsOfFile(path) {
  const byName = fileRules.filter((rule) => rule.broken(path)).map((rule) => `${path} ${rule.says}`)
  if (!isCode(path) || path === 'scripts/gate/house-rules.mjs') return byName
  const lines = (await readFile(join(root, path), 'utf8')).split('\n')
  const byText = lines.flatMap((line, at) => textRules.filter((rule) => rule.broken(line, path)).map((rule) => `${path}:${at + 1} ${rule.says}`))
  return [...byName, ...byText]
}

async function problemsOfTheLock() {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8')
  return /"resolved": "https?:/.test(lock) ? ['package-lock.json names a registry host; install with omit-lockfile-registry-resolved=true'] : []
}

async function foldersUnder(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => [])
  const kept = entries.filter(({ name }) => !ignored.has(name))
  const inner = await Promise.all(kept.filter((entry) => entry.isDirectory()).map(({ name }) => foldersUnder(`${path}/${name}`)))
  return [{ path, files: kept.filter((entry) => entry.isFile()).map(({ name }) => name), size: kept.length }, ...inner.flat()]
}
