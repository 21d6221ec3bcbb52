import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { createGuardedFetch, OutboundRefused } from './guarded-fetch.ts'
import { isPrivateAddress } from './private-address.ts'

const guarded = createGuardedFetch({ allowPrivate: false })

test.for([
  '127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.100.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.19.0.1',
  '::1', '::', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1',
])('%s is no public address', (address) => {
  expect(isPrivateAddress(address)).toBe(true)
})

test.for(['1.1.1.1', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is a public address', (address) => {
  expect(isPrivateAddress(address)).toBe(false)
})

test.for([
  'http://id.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://2130706433/', 'https://0x7f.1/', 'https://localhost/', 'https://LOCALHOST/',
  'https://user:secret@id.example/', 'ftp://id.example/', 'file:///etc/passwd', 'no address',
])('%s is not called', async (url) => {
  await expect(guarded({ url })).rejects.toThrow(OutboundRefused)
})

test('a place of this network is called where the setting allows it, and its redirect is not followed', async () => {
  await using at = await listening((request, response) => response.writeHead(302, { location: '/elsewhere' }).end(`${request.method} ${request.url}`))
  const fetch = createGuardedFetch({ allowPrivate: true })

  expect(await fetch({ url: `${at.url}/here`, method: 'POST', body: 'x' })).toMatchObject({ status: 302, text: 'POST /here', headers: { location: '/elsewhere' } })
})

test('an answer without end is cut off', async () => {
  await using at = await listening((_request, response) => response.end('x'.repeat(2000)))

  await expect(createGuardedFetch({ allowPrivate: true, mostBytes: 1000 })({ url: at.url })).rejects.toThrow(/larger than 1000 bytes/)
})

test('whoever does not answer, or not to the end, is not waited for', async () => {
  await using silent = await listening(() => undefined)
  await using halting = await listening((_request, response) => void response.writeHead(200).write('{'))
  const fetch = createGuardedFetch({ allowPrivate: true, timeoutMs: 50 })

  await expect(fetch({ url: silent.url })).rejects.toThrow(/abort|timeout/i)
  await expect(fetch({ url: halting.url })).rejects.toThrow(/abort|timeout/i)
})

async function listening(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
