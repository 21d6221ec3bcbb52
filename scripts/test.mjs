// `npm test`: from a fresh clone to one line, `N passed, N failed`. Checks come cheapest first, and all of them run, so that one run tells everything.
//   --no-install   leave node_modules and the machine as they are    --static   only what needs no bundles and runs no tests
import process from 'node:process'
import { sizeSteps, staticSteps } from './gate/steps.mjs'
import { runTests } from './gate/tests.mjs'
import { buildBundles } from './setup/bundles.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { findPinnedNode } from './setup/pinned-node.mjs'
import { run, toolEnvironment } from './setup/run.mjs'
import { provideServices } from './setup/services.mjs'

const install = !process.argv.includes('--no-install')
const onlyStatic = process.argv.includes('--static')
const tally = { passed: 0, failed: [], skipped: [] }

try {
  if (install) await ensureInstalled()
  const node = await findPinnedNode()
  await runSteps(staticSteps())
  if (!onlyStatic) await runEverythingElse(node)
} catch (error) {
  note('set-up', error.message)
}
conclude()

async function runEverythingElse(node) {
  for (const { name, path, problem } of await provideServices({ install })) note(`${name} is there`, problem, path)
  note('browser bundles', await problemOf(buildBundles(node, { onlyStale: true })))
  await runSteps(sizeSteps)
  const { passed, failed, skipped } = await runTests()
  tally.passed += passed
  tally.failed.push(...failed)
  tally.skipped.push(...skipped)
}

async function runSteps(steps) {
  for (const { name, command, args } of steps) {
    const { code, output } = await run(command, args, { quiet: true, env: toolEnvironment() })
    note(name, code === 0 ? undefined : output.trim() || `ended with ${code}`)
  }
}

function note(name, problem, detail) {
  if (problem === undefined) {
    tally.passed += 1
    console.log(`ok    ${name}${detail ? ` (${detail})` : ''}`)
    return
  }
  tally.failed.push(name)
  console.log(`FAIL  ${name}\n${problem.replaceAll(/^/gm, '      ')}`)
}

async function problemOf(promise) {
  try {
    await promise
    return undefined
  } catch (error) {
    return error.message
  }
}

function conclude() {
  for (const name of tally.skipped) console.log(`SKIPPED  ${name}`)
  for (const name of tally.failed) console.log(`FAILED   ${name}`)
  if (tally.skipped.length > 0) console.log(`${tally.skipped.length} skipped`)
  console.log(`${tally.passed} passed, ${tally.failed.length} failed`)
  process.exitCode = tally.failed.length === 0 && tally.passed > 0 ? 0 : 1
}
