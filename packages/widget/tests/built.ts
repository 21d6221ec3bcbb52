import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Manifest {
  readonly loader: string
  /** Files that an open panel needs. */
  readonly open: readonly string[]
  /** Files that are fetched only when a page needs them. */
  readonly lazy: readonly string[]
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly gzip: number }>>
}

const room = join(import.meta.dirname, '..')

/** Builds what the browser gets, as it stands now, and returns its manifest. */
export async function builtManifest(): Promise<Manifest> {
  const [code] = await once(spawn(process.execPath, [join(room, 'build.ts')], { stdio: 'inherit' }), 'close')
  if (code !== 0) throw new Error(`the build of the widget ended with ${String(code)}`)
  return JSON.parse(await readFile(join(room, 'dist/manifest.json'), 'utf8'))
}
