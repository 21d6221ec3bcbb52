import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCopyProgress } from './copy-progress.ts'
import { describeCopy } from './describe-copy.ts'
import type { CopiedStore } from '@beckon/server'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/backup-and-upgrade.md'), 'utf8')

const copied: CopiedStore = {
  from: '/var/lib/beckon/beckon.db', began: 'now', epoch: '0198…', lastPosition: 1_000_000, files: 120,
  tables: Array.from({ length: 17 }, (_, index) => ({ table: 'entries', rows: index === 0 ? 2_020_000 : 0, checksum: '0' })),
}

test('what the guide shows of a copy is what the command prints', () => {
  const told: string[] = []
  let now = 0
  const progress = createCopyProgress({ note: (line) => told.push(line), now: () => now, json: false })
  progress({ phase: 'copying', table: 'entries', rowsDone: 0, rowsInAll: 2_020_000 })
  now = 31_000
  progress({ phase: 'copying', table: 'entries', rowsDone: 975_415, rowsInAll: 2_020_000 })

  expect(guide).toContain(['```text', told.at(-1), '…', ...describeCopy(copied), '```'].join('\n'))
})

test('a copy without files of messages has one step less to take', () => {
  expect(describeCopy({ ...copied, files: 0 }).filter((line) => /^ {2}\d\. /.test(line))).toEqual([expect.stringContaining('1. Give'), expect.stringContaining('2. Start')])
})

test('a copy that was finished earlier is nothing to do', () => {
  expect(describeCopy({ ...copied, began: 'finished-earlier' })).toEqual(['Nothing to do: the database holds the finished copy of /var/lib/beckon/beckon.db.'])
})
