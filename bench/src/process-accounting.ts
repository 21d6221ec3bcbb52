import { readdirSync, readFileSync } from 'node:fs'
import { must } from './must.ts'

const TICKS_PER_SECOND = 100

/** CPU time that a process has used in all its threads, user and kernel, from `/proc/<pid>/stat` (10 ms steps). */
export function cpuSeconds(pid: number): number {
  return readStat(pid).ownTicks / TICKS_PER_SECOND
}

/** The same of a process and all that descend from it, those that have ended included: PostgreSQL has a process for each connection. */
export function treeCpuSeconds(pid: number): number {
  return processTree(pid).reduce((sum, { ownTicks, endedTicks }) => sum + ownTicks + endedTicks, 0) / TICKS_PER_SECOND
}

/** The ids of a process and of all that descend from it. */
export function processIds(pid: number): readonly number[] {
  return processTree(pid).map((stat) => stat.pid)
}

function processTree(pid: number): readonly Stat[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statIfAlive(Number(name)))
  const ofParent = Map.groupBy(all, ({ parent }) => parent)
  const under = (stat: Stat): readonly Stat[] => [stat, ...(ofParent.get(stat.pid) ?? []).flatMap(under)]
  return under(readStat(pid))
}

interface Stat {
  readonly pid: number
  readonly parent: number
  readonly ownTicks: number
  /** Of children that have ended and were waited for. */
  readonly endedTicks: number
}

function readStat(pid: number): Stat {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the program's name in brackets and may itself hold blanks; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
  const ticks = (field: number): number => fields[field - 3] ?? 0
  return { pid, parent: ticks(4), ownTicks: ticks(14) + ticks(15), endedTicks: ticks(16) + ticks(17) }
}

function statIfAlive(pid: number): readonly Stat[] {
  try {
    return [readStat(pid)]
  } catch {
    return [] // it has ended since the folder was listed
  }
}

export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(must(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1], 'VmRSS')) * 1024
}

export function openFilesLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
