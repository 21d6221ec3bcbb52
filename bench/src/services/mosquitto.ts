import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './binaries.ts'
import { freePort } from './free-port.ts'
import type { ServiceProcess } from './service-process.ts'
import { startService } from './service-process.ts'

export type MosquittoKeeping = 'in-memory' | 'saves-at-times' | 'saves-each-change'

/** `saves-each-change` is the most it can be told: the whole database is written and synced a moment after anything in it has changed. */
const PERSISTENCE: Readonly<Record<MosquittoKeeping, string>> = {
  'in-memory': '',
  'saves-at-times': 'persistence true\n',
  'saves-each-change': 'persistence true\nautosave_on_changes true\nautosave_interval 1\n',
}

/** Debian's Mosquitto with a listener on loopback, its defaults otherwise. */
export async function startMosquitto(folder: string, keeping: MosquittoKeeping): Promise<ServiceProcess & { readonly url: string }> {
  const program = findProgram('mosquitto', 'Debian\'s package is `mosquitto`')
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  // Started by root it would become `mosquitto`, who may not write here.
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\npersistence_location ${folder}/\n${PERSISTENCE[keeping]}`)
  const server = await startService({ program, args: ['-c', file] }, port)
  return { ...server, url: `tcp://127.0.0.1:${port}` }
}
