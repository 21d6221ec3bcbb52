import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const deploymentId = '01900000-0000-7000-8000-0000000000aa'
export const client = { clientId: 'conformance', clientSecret: 'a secret for tests' }

const commandLine = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url))

/** Beckon as a user starts it, on any free port; the suite knows nothing of it but its address. */
export async function startOwnServer(): Promise<AsyncDisposable & { readonly url: string }> {
  const data = mkdtempSync(join(tmpdir(), 'beckon-conformance-'))
  const child = spawn(process.execPath, [commandLine, 'serve'], {
    env: {
      PATH: process.env['PATH'] ?? '', BECKON_PORT: '0', BECKON_DATA_DIR: data, BECKON_LOG_LEVEL: 'warn', BECKON_RATE_LIMIT: '0',
      BECKON_BOOTSTRAP_CLIENT_ID: client.clientId, BECKON_BOOTSTRAP_CLIENT_SECRET: client.clientSecret,
      BECKON_BOOTSTRAP_ADMIN_PASSWORD: 'a password for tests', BECKON_BOOTSTRAP_DEPLOYMENT_ID: deploymentId,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const killWithTests = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithTests)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const ready = /^\{"ready".*"url":"([^"]+)".*\n/m.exec(out)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    ended.then(() => reject(new Error(`the server ended before it was ready: ${said}`)), reject)
  })
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', killWithTests)
      rmSync(data, { recursive: true, force: true })
    },
  }
}
