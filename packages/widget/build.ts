import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, transform, type BuildOptions, type Metafile, type Plugin } from 'esbuild'

const room = import.meta.dirname
const dist = join(room, 'dist')

const minifiedCss: Plugin = {
  name: 'minified-css',
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

const shared = {
  bundle: true,
  minify: true,
  metafile: true,
  target: ['es2022', 'safari16'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  absWorkingDir: room,
  plugins: [minifiedCss],
} satisfies BuildOptions

await rm(dist, { recursive: true, force: true })
await mkdir(dist, { recursive: true })

/** What is behind the loader: files with a hash in their name, to be cached for ever. */
const modules = await build({
  ...shared,
  format: 'esm',
  splitting: true,
  outdir: dist,
  entryPoints: { attend: 'src/attend/attend.ts', panel: 'src/panel/mount-panel.tsx' },
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
})
const attend = fileOf(modules.metafile, 'src/attend/attend.ts')
const panel = fileOf(modules.metafile, 'src/panel/mount-panel.tsx')

const names = { ATTEND_FILE: JSON.stringify(attend), PANEL_FILE: JSON.stringify(panel) }
await build({
  ...shared,
  format: 'iife',
  outfile: join(dist, 'loader.js'),
  entryPoints: ['src/loader/loader.ts'],
  define: names,
})
await build({
  ...shared,
  format: 'esm',
  outfile: join(dist, 'beckon.esm.js'),
  entryPoints: ['src/index.ts'],
  plugins: [minifiedCss, fromDist({ 'attend/attend.ts': attend, 'panel/mount-panel.tsx': panel })],
})
await writeFile(join(dist, 'manifest.json'), `${JSON.stringify(await manifest(), undefined, 2)}\n`)

/** The ESM entry shares the hashed files of the loader instead of bringing its own. */
function fromDist(files: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'from-dist',
    setup(bundler) {
      bundler.onResolve({ filter: /\.tsx?$/ }, ({ path, kind }) => {
        const file = files[path.replace('./', '')]
        return kind === 'dynamic-import' && file !== undefined ? { path: `./${file}`, external: true } : undefined
      })
    },
  }
}

/** Files, their sizes, and what a page loads when: the size test and the server's cache rules read it. */
async function manifest(): Promise<object> {
  const open = new Set([...reachable(modules.metafile, attend), ...reachable(modules.metafile, panel)])
  const lazy = Object.keys(modules.metafile.outputs)
    .map((path) => basename(path))
    .filter((file) => !open.has(file))
  const files = ['loader.js', 'beckon.esm.js', ...open, ...lazy]
  const entries = await Promise.all(files.map(async (file) => [file, await sizes(file)] as const))
  return {
    loader: 'loader.js',
    esm: 'beckon.esm.js',
    attend,
    panel,
    open: [...open],
    lazy,
    files: Object.fromEntries(entries),
  }
}

async function sizes(file: string): Promise<object> {
  const content = await readFile(join(dist, file))
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`
  return { bytes: content.length, gzip: gzipSync(content, { level: 9 }).length, integrity }
}

function fileOf(metafile: Metafile, entryPoint: string): string {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entryPoint)
  if (found === undefined) throw new Error(`no output for ${entryPoint}`)
  return basename(found[0])
}

function reachable(metafile: Metafile, file: string): readonly string[] {
  const found = Object.entries(metafile.outputs).find(([path]) => basename(path) === file)
  const imports = found?.[1].imports.filter((each) => each.kind === 'import-statement') ?? []
  return [file, ...imports.flatMap((each) => reachable(metafile, basename(each.path)))]
}
