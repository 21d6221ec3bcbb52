import { expect, test } from 'vitest'
import { builtManifest } from './built.ts'

const kilobyte = 1000

test('the loader has at most 5 kB, the open panel at most 30 kB, gzipped', async () => {
  const { loader, open, files } = await builtManifest()
  const gzipOf = (file: string): number => files[file]?.gzip ?? Infinity

  const panel = open.reduce((sum, file) => sum + gzipOf(file), 0)

  expect(gzipOf(loader)).toBeLessThanOrEqual(5 * kilobyte)
  expect(panel).toBeLessThanOrEqual(30 * kilobyte)
})

test('languages, links and structured content are fetched only by those who need them', async () => {
  const { open, lazy } = await builtManifest()

  expect(lazy.map((file) => file.replace(/-\w+\.js$/, '')).toSorted()).toEqual(['ar', 'de', 'es', 'file-views', 'fr', 'identity', 'link-matcher', 'rich-content', 'upload-in-page'])
  expect(open.filter((file) => lazy.includes(file))).toEqual([])
})
