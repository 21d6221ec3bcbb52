// `npm start`: everything between a fresh clone and a running demonstration. Runs on the machine's own Node, which may be older than ours.
import { join } from 'node:path'
import process from 'node:process'
import { buildBundles } from './setup/bundles.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { findPinnedNode } from './setup/pinned-node.mjs'
import { root } from './setup/root.mjs'
import { become } from './setup/run.mjs'

try {
  await ensureInstalled()
  const node = await findPinnedNode()
  await buildBundles(node, { onlyStale: true })
  await become(node, [join(root, 'packages', 'cli', 'src', 'main.ts'), 'demo', ...process.argv.slice(2)])
} catch (error) {
  console.error(`beckon: ${error.message}`)
  process.exit(1)
}
