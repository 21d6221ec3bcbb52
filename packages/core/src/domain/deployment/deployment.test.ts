import { describe, expect, test } from 'vitest'
import { aDeployment } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { days, minutes, plus } from '../instant.ts'
import { allowsOrigin, createDeployment, defaultLimits, defaultLooks, updateDeployment } from './deployment.ts'

describe('a deployment', () => {
  test('works with no settings at all', () => {
    expect(createDeployment(toId('d'), {}, newYear)).toMatchObject({
      status: 'active', sessionDuration: days(3), reopenWithin: days(7), whenClosed: 'reopen', guestWritesAfterClose: 'reopen', afterExpiry: 'show',
      looks: defaultLooks, limits: defaultLimits, version: 1,
    })
  })

  test('takes what is given, part of looks and limits included, and keeps the rest', () => {
    const made = createDeployment(toId('d'), { name: 'Shop', looks: { title: 'Ask us' } }, newYear)
    const later = plus(newYear, minutes(1))

    const changed = updateDeployment(made, { limits: { messagesPerSecond: 9 }, looks: { greeting: 'Hi' } }, later)

    expect(changed).toEqual({
      ...made,
      looks: { ...defaultLooks, title: 'Ask us', greeting: 'Hi' },
      limits: { ...defaultLimits, messagesPerSecond: 9 },
      updatedAt: later,
      version: 2,
    })
  })
})

describe('the origin of a page', () => {
  const shop = aDeployment({ allowedDomains: ['shop.example', 'http://localhost:8080', '[::1]'] })

  test.for([
    'https://shop.example', 'http://shop.example:3000', 'https://www.shop.example', 'HTTPS://SHOP.EXAMPLE', 'shop.example', 'http://localhost:5173', 'http://[::1]:8080',
    'shop.example/path', undefined,
  ])('may open a socket: %s', (origin) => {
    expect(allowsOrigin(shop, origin)).toBe(true)
  })

  test.for(['https://evil.example', 'https://shop.example.evil', 'https://notshop.example', 'null', 'http://[::2]:8080', 'https://localhost.evil', ''])('may not open a socket: %s', (origin) => {
    expect(allowsOrigin(shop, origin)).toBe(false)
  })

  test.for([
    ['chat.example', true], ['chat.example:8443', true], ['https://chat.example', false], ['null', false], ['other.example', false], ['', false],
  ] as const)('is the server of the socket itself, as native clients say it, only without a scheme: %s', ([origin, may]) => {
    expect(allowsOrigin(shop, origin, 'chat.example:8080')).toBe(may)
  })

  test('does not matter to a deployment for every host', () => {
    expect(allowsOrigin(aDeployment({ allowedDomains: ['*'] }), 'https://anything.example')).toBe(true)
  })

  test('is allowed nowhere while no domain is named, but a program that is no browser is let in', () => {
    expect(allowsOrigin(aDeployment({ allowedDomains: [] }), 'https://shop.example')).toBe(false)
    expect(allowsOrigin(aDeployment({ allowedDomains: [] }), undefined)).toBe(true)
  })
})
