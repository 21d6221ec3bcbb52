// `npm run build`: what browsers load.
import process from 'node:process'
import { buildBundles } from './setup/bundles.mjs'
import { findPinnedNode } from './setup/pinned-node.mjs'

try {
  await buildBundles(await findPinnedNode(), { onlyStale: process.argv.includes('--if-stale') })
} catch (error) {
  console.error(`beckon: ${error.message}`)
  process.exit(1)
}
