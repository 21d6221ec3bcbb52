import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { root } from '../setup/root.mjs'
import { run, toolEnvironment } from '../setup/run.mjs'

const report = join(root, '.reports', 'vitest.json')

/** Runs every test and answers how many passed, the names of those that failed, and of those that did not run. */
export async function runTests() {
  await mkdir(dirname(report), { recursive: true })
  await rm(report, { force: true })
  const { code } = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { env: toolEnvironment() })
  const files = await readReport()
  const named = (wanted) => files.flatMap((file) => file.assertionResults.filter(wanted).map((test) => `${relative(root, file.name)} > ${test.fullName}`))
  const passed = named((test) => test.status === 'passed').length
  const failed = [
    ...named((test) => test.status === 'failed'),
    ...files.filter(brokeOutsideTests).map((file) => `${relative(root, file.name)} > the file itself`),
  ]
  if (code !== 0 && failed.length === 0) failed.push('vitest ended with an error outside the tests; it stands above')
  if (passed + failed.length === 0) failed.push('no test ran')
  return { passed, failed, skipped: named((test) => !['passed', 'failed'].includes(test.status)) }
}

function brokeOutsideTests(file) {
  return file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
}

async function readReport() {
  try {
    return JSON.parse(await readFile(report, 'utf8')).testResults
  } catch {
    return []
  }
}
