// `npm run docs`: writes the pages of the reference that are rendered from code.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { documents } from './reference/documents.mjs'
import { root } from './setup/root.mjs'

for (const { path, render } of documents) {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, render())
  console.log(path)
}
