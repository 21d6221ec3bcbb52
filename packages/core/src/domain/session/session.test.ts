import { describe, expect, test } from 'vitest'
import { aClosedConversation, aConversation, aSession } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { days, instant, minutes, plus, seconds } from '../instant.ts'
import { endSession } from './end-session.ts'
import { firstVisibleSeq, isStrongToken, sessionState, slide, visibleConversation } from './session.ts'
import { sessionTransitions, severs, type EndReason } from './transitions.ts'

const reasons: readonly EndReason[] = ['expired', 'ended_by_guest', 'ended_by_agent', 'ended_by_backend', 'cleared', 'signed_out', 'revoked', 'replaced', 'erased']
const session = aSession({ expiresAt: plus(newYear, days(3)) })
const expired = aSession({ ended: { at: newYear, reason: 'expired' } })
const ended = aSession({ ended: { at: newYear, reason: 'ended_by_guest' } })

describe("a session's life", () => {
  test.for(reasons)('has exactly one row for an active session that is ended by: %s', (reason) => {
    expect(sessionTransitions.filter((row) => row.from === 'active' && row.on === reason)).toHaveLength(1)
    expect(endSession(session, reason, newYear)).toMatchObject({ ended: { at: newYear, reason }, version: 2 })
  })

  test('has no two rows for the same state and cause, and none that brings a session back', () => {
    const causes = sessionTransitions.map(({ from, on }) => `${from} ${on}`)

    expect(new Set(causes).size).toBe(causes.length)
    expect(sessionTransitions.filter((row) => row.from !== 'active' && row.to === 'active')).toEqual([])
  })

  test.for(reasons)('lets an expired session be ended only by what severs it from the person: %s', (reason) => {
    const isPossible = endSession(expired, reason, newYear) !== undefined

    expect(isPossible).toBe(reason === 'revoked' || reason === 'erased')
  })

  test.for(reasons)('treats a session whose time is up like one whose expiry was recorded: %s', (reason) => {
    const unrecorded = aSession({ expiresAt: newYear })

    const isPossible = endSession(unrecorded, reason, newYear) !== undefined

    expect(isPossible).toBe(reason === 'expired' || reason === 'revoked' || reason === 'erased')
  })

  test.for(reasons)('lets the end that came first stand, unless its token is still to be cut off: %s', (reason) => {
    const revoked = aSession({ ended: { at: newYear, reason: 'revoked' } })

    expect(endSession(ended, reason, newYear) !== undefined).toBe(reason === 'revoked')
    expect(endSession(revoked, reason, newYear)).toBeUndefined()
  })

  test('cuts the browser off from the person for these ends, and no others', () => {
    expect(reasons.filter(severs)).toEqual(['cleared', 'signed_out', 'revoked', 'erased'])
  })
})

describe('the state of a session', () => {
  test('is active until its last moment, without anybody having to watch the clock', () => {
    expect(sessionState(session, instant(session.expiresAt - 1))).toBe('active')
    expect(sessionState(session, session.expiresAt)).toBe('expired')
  })

  test('is expired after a recorded expiry and ended after any other end', () => {
    expect(sessionState(expired, newYear)).toBe('expired')
    expect(sessionState(ended, newYear)).toBe('ended')
  })
})

describe('activity', () => {
  test('moves the end by the whole lifetime, and counts a version', () => {
    const slid = slide(session, days(3), plus(newYear, minutes(10)))

    expect(slid).toEqual({ ...session, expiresAt: plus(session.expiresAt, minutes(10)), version: 2 })
  })

  test('does not rewrite the session for every message', () => {
    expect(slide(session, days(3), plus(newYear, seconds(59)))).toBe(session)
    expect(slide(session, days(3), plus(newYear, minutes(1)))).not.toBe(session)
  })

  test('moves the end of a short session in steps that are short too', () => {
    const short = aSession({ expiresAt: plus(newYear, seconds(10)) })

    expect(slide(short, seconds(10), instant(newYear + 99))).toBe(short)
    expect(slide(short, seconds(10), instant(newYear + 100)).expiresAt).toBe(short.expiresAt + 100)
  })

  test('never brings the end forward when lifetimes were made shorter', () => {
    expect(slide(session, minutes(1), newYear)).toBe(session)
  })
})

describe('what a browser sees', () => {
  const left = aSession({ leftConversationId: toId('conversation-1') })

  test('is the latest conversation, open or closed', () => {
    expect(visibleConversation(session, aConversation())).toEqual(aConversation())
    expect(visibleConversation(session, aClosedConversation())).toEqual(aClosedConversation())
    expect(visibleConversation(session, undefined)).toBeUndefined()
  })

  test('is not the closed conversation that it has left, until the business reopens that', () => {
    expect(visibleConversation(left, aClosedConversation())).toBeUndefined()
    expect(visibleConversation(left, aConversation())).toBeDefined()
    expect(visibleConversation(left, aClosedConversation({ id: toId('another') }))).toBeDefined()
  })

  test('begins after what was hidden from it, in that conversation alone', () => {
    const hiding = aSession({ hidden: { conversationId: toId('conversation-1'), upToSeq: 7 } })

    expect(firstVisibleSeq(hiding, toId('conversation-1'))).toBe(8)
    expect(firstVisibleSeq(hiding, toId('another'))).toBe(1)
    expect(firstVisibleSeq(session, toId('conversation-1'))).toBe(1)
  })
})

describe('a token', () => {
  test.for(['8c5a1e0b-9f6d-4a37-b2c4-d1e0f7a86b35', '8C5A1E0B-9F6D-4A37-B2C4-D1E0F7A86B35', 'Zm9vYmFyYmF6cXV4MTIzNDU2'])('is strong enough to be an authority: %s', (token) => {
    expect(isStrongToken(token)).toBe(true)
  })

  test.for([
    '', 'password', '00000000-0000-0000-0000-000000000000', '11111111-2222-1111-2222-111111111111', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrstu', 'abcdefgh'.repeat(26),
  ])('that somebody could guess, or that is too long to be one, is refused: %s', (token) => {
    expect(isStrongToken(token)).toBe(false)
  })
})
