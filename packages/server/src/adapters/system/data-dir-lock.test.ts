import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataDirInUse, lockDataDir } from './data-dir-lock.ts'

function aDirectory() {
  const path = mkdtempSync(join(tmpdir(), 'beckon-lock-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

test('the second who asks for a data directory is told who holds it', () => {
  using dir = aDirectory()
  using held = lockDataDir(dir.path, 4711)

  const second = (): unknown => lockDataDir(dir.path, 4712)

  expect(second).toThrow(DataDirInUse)
  expect(held).toBeDefined()
  expect(second).toThrow(`${dir.path} is in use by another Beckon server (process 4711)`)
})

test('a directory that was let go can be taken again', () => {
  using dir = aDirectory()
  lockDataDir(dir.path, 4711)[Symbol.dispose]()

  using held = lockDataDir(dir.path, 4712)

  expect(held).toBeDefined()
})

test('the lock of a process that was killed is gone with it', async () => {
  using dir = aDirectory()
  const script = `const { lockDataDir } = await import(${JSON.stringify(import.meta.resolve('./data-dir-lock.ts'))})
    lockDataDir(${JSON.stringify(dir.path)}, process.pid); process.stdout.write('held'); process.stdin.resume()`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  expect(() => lockDataDir(dir.path, 4712)).toThrow(`process ${holder.pid}`)

  holder.kill('SIGKILL')
  await once(holder, 'exit')

  using held = lockDataDir(dir.path, 4712)
  expect(held).toBeDefined()
})
