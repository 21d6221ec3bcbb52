import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataDirOf, readReadyFiles, removeReadyFile, writeReadyFile } from './ready-file.ts'

/** Two processes that live for as long as the test. */
const [first, second] = [process.pid, process.ppid]

function aDataDir() {
  const path = mkdtempSync(join(tmpdir(), 'beckon-ready-'))
  return { path, files: () => readdirSync(path).toSorted(), [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const at = (port: number, pid: number) => ({ url: `http://127.0.0.1:${String(port)}`, pid })

/** The number of a process that has ended. */
function aDeadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

test('of two nodes that share a folder each leaves its own word, and the first is found first', async () => {
  using dir = aDataDir()

  await writeReadyFile(dir.path, at(8081, first))
  await writeReadyFile(dir.path, at(8082, second))

  expect(dir.files()).toEqual([`ready-${String(second)}.json`, 'ready.json'])
  expect(await readReadyFiles(dir.path)).toMatchObject([at(8081, first), at(8082, second)])
})

test('whichever of them ends, the other is still found', async () => {
  using dir = aDataDir()
  await writeReadyFile(dir.path, at(8081, first))
  await writeReadyFile(dir.path, at(8082, second))

  await removeReadyFile(dir.path, first)
  expect(await readReadyFiles(dir.path)).toMatchObject([at(8082, second)])

  await writeReadyFile(dir.path, at(8081, first))
  await removeReadyFile(dir.path, second)
  expect(await readReadyFiles(dir.path)).toMatchObject([at(8081, first)])
})

test('what a killed server left is no obstacle for the next one, and is cleared away', async () => {
  using dir = aDataDir()
  await writeReadyFile(dir.path, at(8081, aDeadProcess()))

  await writeReadyFile(dir.path, at(8082, first))

  expect(dir.files()).toEqual(['ready.json'])
  expect(await readReadyFiles(dir.path)).toMatchObject([at(8082, first)])
})

test('whoever has the address of a server that left its word takes its place, though another process goes by that number now', async () => {
  using dir = aDataDir()
  await writeReadyFile(dir.path, at(8080, second))

  await writeReadyFile(dir.path, at(8080, first))

  expect(dir.files()).toEqual(['ready.json'])
  expect(await readReadyFiles(dir.path)).toMatchObject([at(8080, first)])
})

test('a node that lives is found before what a killed one left', async () => {
  using dir = aDataDir()
  await writeReadyFile(dir.path, at(8081, first))
  await writeReadyFile(dir.path, at(8082, second))
  await removeReadyFile(dir.path, first)
  const killed = aDeadProcess()
  await writeReadyFile(dir.path, at(8083, killed))

  expect(await readReadyFiles(dir.path)).toMatchObject([at(8082, second), at(8083, killed)])
})

test('a data directory that is set to nothing is the usual one', () => {
  expect(dataDirOf({ BECKON_DATA_DIR: '' })).toBe(dataDirOf({}))
})
