import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.mjs'
import { run, tell, toolEnvironment } from './run.mjs'

const bundled = ['widget', 'desk']
const inputs = ['packages/client', 'packages/protocol', 'package-lock.json']

/** Builds what browsers load. With `onlyStale`, a package whose inputs have not changed since its last build is left alone. */
export async function buildBundles(node, { onlyStale }) {
  for (const name of bundled) {
    const folder = join(root, 'packages', name)
    if (!existsSync(join(folder, 'build.ts'))) continue
    const digest = await digestOf([`packages/${name}`, ...inputs])
    const stamp = join(folder, 'dist', '.inputs')
    if (onlyStale && (await readFile(stamp, 'utf8').catch(() => '')) === digest) continue
    tell(`building the ${name} …`)
    const { code } = await run(node, ['build.ts'], { cwd: folder, env: toolEnvironment(), aside: true })
    if (code !== 0) throw new Error(`building the ${name} failed; the reason stands above`)
    await mkdir(join(folder, 'dist'), { recursive: true })
    await writeFile(stamp, digest)
  }
}

async function digestOf(paths) {
  const digest = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesUnder(join(root, path))) digest.update(file).update(await readFile(file))
  }
  return digest.digest('hex')
}

async function filesUnder(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (!entries) return [path]
  const kept = entries.filter(({ name }) => !['node_modules', 'dist', 'tests'].includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return (await Promise.all(kept.map(({ name }) => filesUnder(join(path, name))))).flat()
}
