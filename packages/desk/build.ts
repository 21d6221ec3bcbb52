import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const root = import.meta.dirname
const out = join(root, 'dist')

// Old assets must not pile up: their names change with their content.
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })

const { metafile } = await build({
  entryPoints: [join(root, 'src/main.tsx'), join(root, 'src/icon.svg')],
  loader: { '.svg': 'copy' },
  outdir: join(out, 'assets'),
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  target: ['chrome120', 'firefox121', 'safari17.4'],
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
})

const assets = Object.keys(metafile.outputs).map((path) => basename(path))
const named = (ending: string): string => assets.find((name) => name.endsWith(ending)) ?? ''

// No inline script or style: the page is served under a policy that forbids both.
await writeFile(
  join(out, 'index.html'),
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Beckon desk</title>
    <link rel="icon" href="/desk/assets/${named('.svg')}">
    <link rel="stylesheet" href="/desk/assets/${named('.css')}">
    <script type="module" src="/desk/assets/${named('.js')}"></script>
  </head>
  <body>
    <div id="desk"></div>
  </body>
</html>
`,
)
