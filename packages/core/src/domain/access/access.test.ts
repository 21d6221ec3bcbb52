import { describe, expect, test } from 'vitest'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { instant, minutes, plus } from '../instant.ts'
import { scopesByRole } from './agent.ts'
import { tokenState } from './client.ts'
import { allScopes, isScope, scopeMeanings, suffices } from './scope.ts'

describe('a scope', () => {
  test('is one of the table and nothing else, not even what every object has', () => {
    expect(isScope('conversations:read')).toBe(true)
    expect(isScope('conversations:everything')).toBe(false)
    expect(isScope('toString')).toBe(false)
    expect(allScopes).toEqual(Object.keys(scopeMeanings))
  })

  test('of several sufficient ones is enough', () => {
    expect(suffices(['events:read'], ['conversations:read', 'events:read'])).toBe(true)
    expect(suffices(['events:read'], ['conversations:read'])).toBe(false)
    expect(suffices([], ['conversations:read'])).toBe(false)
    expect(suffices([], [])).toBe(true)
  })
})

describe('a role at the desk', () => {
  test('may do what the lesser role may', () => {
    expect(scopesByRole.supervisor).toEqual(expect.arrayContaining([...scopesByRole.agent]))
    expect(scopesByRole.admin).toEqual(expect.arrayContaining([...scopesByRole.supervisor]))
  })

  test('of agent lets people answer and close, and administers nothing', () => {
    expect(scopesByRole.agent).toContain('webmessaging:write')
    expect(scopesByRole.agent.filter((scope) => /deployments|oauth|agents|erase/.test(scope))).toEqual([])
  })
})

describe('an access token', () => {
  const token = { hash: 'h', clientId: toId<'client'>('c'), scopes: [], issuedAt: newYear, expiresAt: plus(newYear, minutes(60)) }

  test('is active until its last moment', () => {
    expect(tokenState(token, instant(token.expiresAt - 1))).toBe('active')
    expect(tokenState(token, token.expiresAt)).toBe('expired')
  })

  test('that was revoked is revoked, also after its time', () => {
    expect(tokenState({ ...token, revokedAt: newYear }, newYear)).toBe('revoked')
    expect(tokenState({ ...token, revokedAt: newYear }, token.expiresAt)).toBe('revoked')
  })
})
