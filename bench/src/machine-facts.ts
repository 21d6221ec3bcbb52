import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

/** Taken before a run begins: other people's work on the machine then shows as load that is not ours. */
export function machineFacts(): Readonly<Record<string, string>> {
  return {
    'CPU': `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    'memory': `${Math.round(totalmem() / 2 ** 30)} GB`,
    'system': `${type()} ${release()}`,
    'load before the run': (loadavg()[0] ?? 0).toFixed(1),
    'Node': process.versions.node,
    'SQLite': process.versions['sqlite'] ?? 'unknown',
  }
}
