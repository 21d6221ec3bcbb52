import type { LeftBehind } from './left-behind.ts'
import { runCommand, succeeds } from './run-command.ts'

/** The lines of a node, each on a wire of its own: its callers, its database, its bus. */
export type Line = 'callers' | 'database' | 'bus'

export const lines: readonly Line[] = ['callers', 'database', 'bus']

/** A network namespace for each node, tied to this machine by bridges that any of its lines can be unplugged from. */
export interface PrivateNetwork {
  /** Where this machine is reached on that line. */
  readonly hostAddress: (line: Line) => string
  readonly nodeAddress: (node: number, line: Line) => string
  /** Words to put before a command so that it runs where the node lives. */
  readonly within: (node: number) => readonly string[]
  /** Nothing gets through any more, in either direction, and nobody is told: packets vanish. */
  readonly unplug: (node: number, line: Line) => void
  readonly plugIn: (node: number, line: Line) => void
}

/** What is missing here for a private network; undefined when it can be had. */
export function lackingForNetwork(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'cutting the network needs Linux and root (ip netns, veth, bridge)'
  const name = `bkt${process.pid % 100_000}`
  const works = succeeds('ip', 'netns', 'add', name) && succeeds('ip', 'link', 'add', name, 'type', 'bridge')
  succeeds('ip', 'link', 'del', name)
  succeeds('ip', 'netns', 'del', name)
  return works ? undefined : 'cutting the network needs the `ip` command (package iproute2) and a kernel with network namespaces and bridges'
}

/** Addresses are 10.x.y.z with an x of each line and a y of this process, so that two runs do not meet. */
export function createPrivateNetwork(nodes: number, left: LeftBehind): PrivateNetwork {
  const mark = process.pid % 250
  const bridge = (line: Line): string => `bk${mark}-${line.slice(0, 4)}`
  const port = (node: number, line: Line): string => `bk${mark}-${line.slice(0, 4)}${node}`
  const space = (node: number): string => `beckon-${mark}-${node}`
  const address = (line: Line, host: number): string => `10.${231 + lines.indexOf(line)}.${mark}.${host}`

  function layBridge(line: Line): void {
    runCommand('ip', 'link', 'add', bridge(line), 'type', 'bridge')
    left.note(() => void succeeds('ip', 'link', 'del', bridge(line)))
    runCommand('ip', 'addr', 'add', `${address(line, 1)}/24`, 'dev', bridge(line))
    runCommand('ip', 'link', 'set', bridge(line), 'up')
  }

  function layLine(node: number, line: Line): void {
    runCommand('ip', 'link', 'add', port(node, line), 'type', 'veth', 'peer', 'name', line, 'netns', space(node))
    runCommand('ip', '-n', space(node), 'addr', 'add', `${address(line, 10 + node)}/24`, 'dev', line)
    runCommand('ip', '-n', space(node), 'link', 'set', line, 'up')
    runCommand('ip', 'link', 'set', port(node, line), 'master', bridge(line))
    runCommand('ip', 'link', 'set', port(node, line), 'up')
  }

  for (const line of lines) layBridge(line)
  for (let node = 0; node < nodes; node += 1) {
    runCommand('ip', 'netns', 'add', space(node))
    left.note(() => void succeeds('ip', 'netns', 'del', space(node)))
    runCommand('ip', '-n', space(node), 'link', 'set', 'lo', 'up')
    for (const line of lines) layLine(node, line)
  }
  return {
    hostAddress: (line) => address(line, 1),
    nodeAddress: (node, line) => address(line, 10 + node),
    within: (node) => ['ip', 'netns', 'exec', space(node)],
    unplug: (node, line) => void runCommand('ip', 'link', 'set', port(node, line), 'nomaster'),
    plugIn: (node, line) => void runCommand('ip', 'link', 'set', port(node, line), 'master', bridge(line)),
  }
}
