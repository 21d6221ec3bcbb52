import { findProgram } from './binaries.ts'
import { freePort } from './free-port.ts'
import type { ServiceProcess } from './service-process.ts'
import { startService } from './service-process.ts'

/** `nats-server` on loopback: core only as a bus between nodes, with JetStream as a peer that stores. */
export async function startNats(folder: string, withJetStream: boolean): Promise<ServiceProcess & { readonly port: number }> {
  const program = findProgram('nats-server', 'Debian\'s package is `nats-server`')
  const port = await freePort()
  const server = await startService({ program, args: ['-a', '127.0.0.1', '-p', String(port), ...(withJetStream ? ['-js', '-sd', folder] : [])] }, port)
  return { ...server, port }
}
