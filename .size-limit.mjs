import { readFileSync } from 'node:fs'

const dist = 'packages/widget/dist'

// The bundler's own list of what an open panel has loaded, so that a file loaded on demand does not count and one that stops being so does.
const { open } = JSON.parse(readFileSync(new URL(`${dist}/manifest.json`, import.meta.url), 'utf8'))
const gzipped = { gzip: true, brotli: false }

export default [
  { name: 'widget loader', path: `${dist}/loader.js`, limit: '5 kB', ...gzipped },
  // What opening the panel fetches; the loader, long there by then, has its own budget.
  { name: 'widget, open panel', path: open.map((file) => `${dist}/${file}`), limit: '30 kB', ...gzipped },
]
