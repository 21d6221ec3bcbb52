import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../setup/root.mjs'

/** The static checks, cheapest first. Each is one command that ends with 0 or with an explanation. */
export function staticSteps() {
  return [
    { name: 'house rules', command: process.execPath, args: ['scripts/gate/house-rules.mjs'] },
    { name: 'file names (ls-lint)', command: 'ls-lint', args: [] },
    { name: 'lint (oxlint)', command: 'oxlint', args: ['--format=unix'] },
    { name: 'who imports whom (dependency-cruiser)', command: 'depcruise', args: [...workspaces(), '--output-type=err'] },
    ...projects().map((project) => ({ name: `types of ${project}`, command: 'tsc', args: ['-p', project] })),
    { name: 'nothing unused (knip)', command: 'knip', args: ['--no-progress'] },
  ]
}

/** What a browser downloads stays small. Needs the bundles. */
export const sizeSteps = [{ name: 'bundle sizes (size-limit)', command: 'size-limit', args: [] }]

function workspaces() {
  return ['packages', 'bench', 'conformance', 'simulation', 'examples'].filter((folder) => entries('.').includes(folder))
}

// A package is compiled once for each place it runs in: tsconfig.json, tsconfig.browser.json, tsconfig.node.json.
function projects() {
  const folders = [...entries('packages').map((name) => `packages/${name}`), ...workspaces().filter((name) => name !== 'packages')]
  return folders.flatMap((folder) =>
    entries(folder)
      .filter((name) => /^tsconfig(\.\w+)?\.json$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
}

function entries(folder) {
  return readdirSync(join(root, folder)).sort()
}
