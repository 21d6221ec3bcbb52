import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.mjs'
import { run, tell } from './run.mjs'

/** Installs exactly what package-lock.json names, unless it is there already. */
export async function ensureInstalled() {
  if (await isInstalled()) return
  tell('installing what package-lock.json names (npm ci) …')
  // The tools run on the pinned Node, so what npm says about an older one on the machine does not matter.
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { aside: true })
  if (code !== 0) throw new Error('npm ci failed; the reason stands above. Is the package registry reachable?')
}

// npm keeps a lock of its own in node_modules; comparing versions tells more than comparing dates, which a checkout changes.
async function isInstalled() {
  const [wanted, present] = await Promise.all([packagesIn('package-lock.json'), packagesIn('node_modules/.package-lock.json')])
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional || entry.peer) return true
    return present[path] !== undefined && present[path].version === entry.version
  })
}

async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}
