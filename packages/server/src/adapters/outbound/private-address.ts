import { BlockList, isIPv6 } from 'node:net'

/** Every block that is not the public internet (IANA's special-purpose registries): this machine, its network, tunnels into them, documentation. */
const ipv4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
]
const ipv6: readonly (readonly [network: string, prefix: number])[] = [
  ['::', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20],
  ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
]

const blocked = new BlockList()
for (const [network, prefix] of ipv4) blocked.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of ipv6) blocked.addSubnet(network, prefix, 'ipv6')

/** Does this IP address lead anywhere but into the public internet? One that carries an IPv4 address is judged by that. */
export function isPrivateAddress(address: string): boolean {
  return blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
