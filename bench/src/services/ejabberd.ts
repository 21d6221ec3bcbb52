import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, NotInstalled } from './binaries.ts'
import { freePort } from './free-port.ts'
import type { ServiceProcess } from './service-process.ts'
import { startService } from './service-process.ts'

export type EjabberdArchive = 'none' | 'mnesia' | 'sqlite'

const LIBRARIES = '/usr/lib/x86_64-linux-gnu'

const ARCHIVE: Readonly<Record<EjabberdArchive, string>> = {
  none: '',
  mnesia: '  mod_mam: {default: always, assume_mam_usage: true, db_type: mnesia}\n',
  sqlite: '  mod_mam: {default: always, assume_mam_usage: true, db_type: sql}\n',
}

/**
 * Debian's ejabberd with a configuration and a spool of its own. It is started without a node name, so that it neither needs nor touches
 * the machine's `epmd`. Limits that protect a server from its users are lifted, as they are for everybody here.
 */
export async function startEjabberd(folder: string, archive: EjabberdArchive): Promise<ServiceProcess & { readonly url: string }> {
  const erl = findProgram('erl', 'Debian\'s package is `ejabberd`')
  findProgram('ejabberdctl', 'Debian\'s package is `ejabberd`')
  if (archive === 'sqlite' && !existsSync('/usr/share/doc/erlang-p1-sqlite3')) throw new NotInstalled('ejabberd\'s SQLite driver', 'Debian\'s package is `erlang-p1-sqlite3`')
  const port = await freePort()
  const spool = join(folder, 'spool')
  mkdirSync(spool)
  const config = join(folder, 'ejabberd.yml')
  writeFileSync(config, renderConfig({ port, archive, folder }))
  const env = { ...process.env, EJABBERD_CONFIG_PATH: config, EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'), ERL_CRASH_DUMP: join(folder, 'crash.dump'), ERL_LIBS: LIBRARIES }
  const args = ['+K', 'true', '+P', '250000', '-noinput', '-mnesia', 'dir', `"${spool}"`, '-s', 'ejabberd']
  const server = await startService({ program: erl, args, options: { cwd: folder, env } }, port)
  return { ...server, url: `tcp://127.0.0.1:${port}` }
}

function renderConfig({ port, archive, folder }: { readonly port: number; readonly archive: EjabberdArchive; readonly folder: string }): string {
  return `hosts: [localhost]
loglevel: error
${archive === 'sqlite' ? `sql_type: sqlite\nsql_database: ${folder}/archive.db\n` : ''}listen:
  - {port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false, shaper: none, access: all, max_stanza_size: 262144}
auth_method: internal
auth_password_format: plain
registration_timeout: infinity
shaper_rules:
  max_user_offline_messages: 5000
  max_user_sessions: 10
modules:
  mod_register: {ip_access: all, access: all}
  mod_offline: {}
  mod_stream_mgmt: {}
${ARCHIVE[archive]}`
}
