import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createClientAddress } from './client-address.ts'

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return request
}

test('a request comes from where its connection comes from, whatever it says itself', () => {
  expect(createClientAddress(false)(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7')
  expect(createClientAddress(['10.0.0.0/8'])(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7')
})

test('behind proxies that are trusted it comes from the first that is not one of them', () => {
  const addressOf = createClientAddress(['10.0.0.0/8'])

  expect(addressOf(from('10.0.0.1', '192.0.2.66, 203.0.113.7, 10.0.0.2'))).toBe('203.0.113.7')
  expect(createClientAddress(true)(from('10.0.0.1', '203.0.113.7, 10.0.0.2'))).toBe('203.0.113.7')
  expect(addressOf(from('10.0.0.1'))).toBe('10.0.0.1')
})
