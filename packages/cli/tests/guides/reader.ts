import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from './read-examples.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Somebody who works through a guide in one terminal: what a block sets, the next one has. */
export interface GuideReader extends AsyncDisposable {
  readonly run: (example: Example) => Promise<Ran>
}

const root = join(import.meta.dirname, '../../../..')

/** Programs find the workspace's packages and the pinned Node, as they do in the repository's folder. */
export async function openTerminal(env: Readonly<Record<string, string>>): Promise<GuideReader> {
  const folder = await mkdtemp(join(root, 'node_modules/.guide-'))
  // The real one looks programs up for a while each time; this one finds the same at once.
  await writeFile(join(folder, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 })
  const path = [folder, join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(':')
  const shell = spawn('sh', [], { cwd: root, env: { ...env, PATH: path, HOME: folder }, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const output = { out: '', err: '', heard: (): void => undefined }
  shell.stdout.on('data', (chunk) => {
    output.out += String(chunk)
    output.heard()
  })
  shell.stderr.on('data', (chunk) => (output.err += String(chunk)))
  shell.stdin.write('set -a\n')
  const closed = once(shell, 'close')
  let count = 0

  return {
    async run({ language, code }) {
      count += 1
      const file = join(folder, `${count}.${language === 'js' ? 'mjs' : 'sh'}`)
      await writeFile(file, code)
      output.out = ''
      output.err = ''
      const end = `the end of ${count}`
      const ended = new RegExp(`${end}: (\\d+)\\n`)
      const { promise, resolve } = Promise.withResolvers<void>()
      output.heard = () => ended.test(output.out) && resolve()
      shell.stdin.write(`${language === 'js' ? 'node' : '.'} ${file} </dev/null; echo "${end}: $?"\n`)
      await Promise.race([promise, closed])
      const match = ended.exec(output.out)
      return { code: Number(match?.[1] ?? 1), out: output.out.slice(0, match?.index), err: output.err }
    },
    async [Symbol.asyncDispose]() {
      // A block may have left something running in the background: the whole group ends.
      if (shell.pid !== undefined) process.kill(-shell.pid)
      await closed
      await rm(folder, { recursive: true, force: true })
    },
  }
}
