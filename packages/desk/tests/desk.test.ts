import { describe, expect, test, vi } from 'vitest'
import { createBeckon } from '@beckon/client'
import { createDesk } from '../src/state/desk.ts'
import { initialState } from '../src/state/desk-state.ts'
import { parseFilter } from '../src/state/filter.ts'
import { createStore } from '../src/state/store.ts'
import { keptDrafts } from '../src/state/thread.ts'
import { createMemoryApi } from './memory-api.ts'
import type { Desk } from '../src/state/desk.ts'
import type { DeskState } from '../src/state/desk-state.ts'
import type { MemoryApi } from './memory-api.ts'

const now = Date.parse('2026-03-04T10:30:00.000Z')

function open(api: MemoryApi, { search = '', kept = new Map<string, string>() } = {}) {
  let address = search
  let ids = 0
  const visible = { now: true }
  const keep = { get: (key: string) => kept.get(key), set: (key: string, value: string) => void kept.set(key, value) }
  const desk: Desk = createDesk({
    beckon: createBeckon({ url: 'http://desk.test', agentCookie: true, fetch: api.fetch, retry: { firstPauseMs: 0 } }),
    store: createStore<DeskState>(initialState(parseFilter(search), keptDrafts(keep), now)),
    now: () => now,
    newId: () => `key-${(ids += 1)}`,
    keep,
    address: { read: () => address, write: (changed) => void (address = changed) },
    isVisible: () => visible.now,
  })
  return { desk, visible, address: () => address, state: () => desk.store.get() }
}

/** The same API, some of whose answers come only when they are told to. */
function slowly(api: MemoryApi, isSlow: (url: string) => boolean) {
  const calls: string[] = []
  let reach = (): void => undefined
  let goOn = (): void => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const told = new Promise<void>((resolve) => (goOn = resolve))
  const fetch: MemoryApi['fetch'] = async (url, init) => {
    calls.push(url)
    if (isSlow(url)) {
      reach()
      await told
    }
    return api.fetch(url, init)
  }
  return { api: { ...api, fetch }, calls, reached, goOn }
}

/** Resolves as soon as the state is as described. */
function until({ desk }: { readonly desk: Desk }, isSo: (state: DeskState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = desk.store.subscribe(check)
    check()
    function check(): void {
      if (!isSo(desk.store.get())) return
      end()
      resolve()
    }
  })
}

const texts = (state: DeskState, id: string): readonly (string | undefined)[] => (state.logs[id] ?? []).map(({ text }) => text)

describe('signing in', () => {
  test('an agent without a cookie is asked who they are, and then sees the list', async () => {
    const api = createMemoryApi()
    api.signedIn = false
    api.addConversation('k1')
    const page = open(api)

    await page.desk.start()
    expect(page.state().phase).toBe('signedOut')
    await page.desk.signIn('mira', 'a long password')
    await until(page, ({ listing }) => listing.ids.length === 1)

    expect(page.state().phase).toBe('ready')
  })

  test('a cookie that ends brings the agent back to the door', async () => {
    const api = createMemoryApi()
    const page = open(api)
    await page.desk.start()
    await until(page, ({ listing }) => listing.state === 'ready')

    api.signedIn = false
    page.desk.show({ view: 'closed' })

    await until(page, ({ phase }) => phase === 'signedOut')
  })
})

describe('the list', () => {
  test('keeps quiet threads apart from the inbox', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    api.addConversation('k2', { quiet: true })
    const page = open(api)

    await page.desk.start()
    await until(page, ({ listing }) => listing.state === 'ready')
    expect(page.state().listing.ids).toEqual(['k1'])
    page.desk.show({ view: 'quiet' })
    await until(page, ({ listing }) => listing.ids[0] === 'k2')

    expect(page.address()).toBe('?view=quiet')
  })

  test('a quiet thread that is answered comes to the inbox by itself', async () => {
    const api = createMemoryApi()
    api.addConversation('k1', { quiet: true })
    const page = open(api)
    await page.desk.start()
    await until(page, ({ listing }) => listing.state === 'ready')

    api.conversations.set('k1', { ...api.addConversation('k1', { quiet: false }) })
    api.write('k1', 'Yes please')

    await until(page, ({ listing }) => listing.ids.includes('k1'))
  })

  test('a search goes on by itself until it finds something, and says how far it came', async () => {
    const api = createMemoryApi()
    api.looksAt = 1
    for (const id of ['oldest', 'sought', 'k3', 'k4']) api.addConversation(id, { lastText: id })
    const page = open(api, { search: '?q=sought' })

    await page.desk.start()
    await until(page, ({ listing }) => listing.state === 'ready')

    expect(page.state().listing).toMatchObject({ ids: ['sought'], searchedBackTo: page.state().conversations['sought']?.lastEntryAt })
    await page.desk.inbox.loadMore()
    expect(page.state().listing).toEqual({ ids: ['sought'], state: 'ready' })
  })

  test('a search that finds nothing among many asks whether to search further', async () => {
    const api = createMemoryApi()
    api.looksAt = 1
    for (let number = 1; number <= 30; number += 1) api.addConversation(`k${number}`)
    const page = open(api, { search: '?q=nowhere' })

    await page.desk.start()
    await until(page, ({ listing }) => listing.state === 'ready')
    expect(page.state().listing).toMatchObject({ ids: [], nextUri: expect.any(String), searchedBackTo: expect.any(String) })

    await page.desk.inbox.loadMore()
    expect(page.state().listing).toEqual({ ids: [], state: 'ready' })
  })

  test.each([
    ['shown', ['second', 'first']],
    ['gone on with', ['first', 'second', 'k3']],
  ])('a search that is given up for another is not %s', async (_, oldestFirst) => {
    const api = createMemoryApi()
    api.looksAt = 1
    for (const id of oldestFirst) api.addConversation(id, { lastText: id })
    const slow = slowly(api, (url) => url.includes('q=first'))
    const page = open(slow.api, { search: '?q=first' })
    await page.desk.start()
    await slow.reached

    const shown: (readonly string[])[] = []
    page.desk.show({ search: 'second' })
    page.desk.store.subscribe(() => shown.push(page.state().listing.ids))
    slow.goOn()
    await until(page, ({ listing }) => listing.state === 'ready')

    expect(shown.at(-1)).toEqual(['second'])
    expect(shown.flat()).not.toContain('first')
    expect(slow.calls.filter((url) => url.includes('q=first'))).toHaveLength(1)
  })

  test('a search that fails when it was given up already does not look as if the other had failed', async () => {
    const api = createMemoryApi()
    api.addConversation('second', { lastText: 'second' })
    const refusal = { code: 'invalid_request', status: 400, detail: 'Too long.' }
    const fetch: MemoryApi['fetch'] = async (url, init) => (url.includes('q=first') ? Response.json(refusal, { status: 400 }) : api.fetch(url, init))
    const slow = slowly({ ...api, fetch }, (url) => url.includes('q=first'))
    const page = open(slow.api, { search: '?q=first' })
    await page.desk.start()
    await slow.reached

    const states: string[] = []
    page.desk.show({ search: 'second' })
    page.desk.store.subscribe(() => states.push(page.state().listing.state))
    slow.goOn()
    await until(page, ({ listing }) => listing.state === 'ready')

    expect(states).not.toContain('failed')
  })

  test('is that of another view as soon as it is looked at, even when more of the last was asked for', async () => {
    const api = createMemoryApi()
    api.looksAt = 1
    api.addConversation('done', { status: 'closed' })
    api.addConversation('older', { lastText: 'sought' })
    api.addConversation('newer')
    api.write('newer', 'sought')
    const slow = slowly(api, (url) => url.includes('/newer/messages'))
    const page = open(slow.api, { search: '?q=sought' })
    await page.desk.start()
    await slow.reached

    page.desk.attempt(page.desk.inbox.loadMore)
    page.desk.show({ view: 'closed', search: '' })
    slow.goOn()

    await until(page, ({ listing }) => listing.state === 'ready' && listing.ids.join() === 'done')
    expect(slow.calls.filter((url) => url.includes('q=sought'))).toHaveLength(1)
  })

  test('shows the newest activity first', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    api.addConversation('k2')
    const page = open(api)
    await page.desk.start()
    await until(page, ({ listing }) => listing.ids.join() === 'k2,k1')

    api.write('k1', 'Hello?')

    await until(page, ({ listing }) => listing.ids.join() === 'k1,k2')
  })
})

describe('reading', () => {
  test('an open conversation is marked as read, and what comes in while it is watched too', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    api.write('k1', 'Hello')
    const page = open(api, { search: '?conversation=k1' })

    await page.desk.start()
    await vi.waitFor(() => expect(api.changes.at(-1)).toMatchObject({ call: 'POST /k1/seen', body: { seenSeq: 1 } }))
    api.write('k1', 'Anybody?')

    await vi.waitFor(() => expect(api.changes.at(-1)).toMatchObject({ call: 'POST /k1/seen', body: { seenSeq: 2 } }))
  })

  test('nothing counts as read while nobody looks at the page', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    const page = open(api, { search: '?conversation=k1' })
    page.visible.now = false
    await page.desk.start()

    api.write('k1', 'Hello')
    await until(page, (state) => texts(state, 'k1').length === 1)
    await page.desk.thread.markRead('k1')
    expect(api.changes).toEqual([])

    page.visible.now = true
    await page.desk.thread.markRead('k1')

    expect(api.changes.map(({ call }) => call)).toEqual(['POST /k1/seen'])
  })

  test('what was written while the connection was cut is there afterwards, once and in order', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    api.write('k1', 'one')
    const page = open(api, { search: '?conversation=k1' })
    await page.desk.start()
    await until(page, (state) => texts(state, 'k1').length === 1)

    api.write('k1', 'two')
    await until(page, (state) => texts(state, 'k1').length === 2)
    api.cut()
    api.write('k1', 'three')
    api.write('k1', 'four')

    await until(page, (state) => texts(state, 'k1').length === 4)
    expect(texts(page.state(), 'k1')).toEqual(['one', 'two', 'three', 'four'])
  })
})

describe('answering', () => {
  test('a reply goes out under the name of the agent', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    const page = open(api, { search: '?conversation=k1' })
    await page.desk.start()
    await until(page, ({ conversations }) => 'k1' in conversations)

    await page.desk.thread.reply('k1', { text: 'Good morning' })

    expect(api.changes.find(({ call }) => call === 'POST /k1/messages')?.body).toEqual({
      text: 'Good morning',
      from: { id: 'a1', name: 'Mira', kind: 'agent' },
      metadata: { 'desk-key': 'key-1' },
    })
    expect(texts(page.state(), 'k1')).toEqual(['Good morning'])
    expect(page.state().outgoing['k1']).toEqual([])
  })

  test('a reply that failed stays, says why, and is tried again as the same message', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    const page = open(api)
    await page.desk.start()
    api.failNext({ status: 409, code: 'opted_out', detail: 'Ada declined service messages.' })

    await page.desk.thread.reply('k1', { text: 'Hello' })
    expect(page.state().outgoing['k1']).toEqual([{ key: 'key-1', text: 'Hello', failure: 'Ada declined service messages.' }])
    await page.desk.thread.retry('k1', 'key-1')

    const keys = api.changes.filter(({ call }) => call === 'POST /k1/messages').map(({ key }) => key)
    expect(keys).toEqual(['key-1', 'key-1'])
    expect(page.state().outgoing['k1']).toEqual([])
  })

  test('what would happen is told by the server, and nothing happens', async () => {
    const api = createMemoryApi()
    api.addConversation('k1', { status: 'closed' })
    const page = open(api)

    const plan = await page.desk.thread.plan('k1', { text: '…' })

    expect(plan).toMatchObject({ did: 'reopened', found: { conversation: 'closed' } })
    expect(api.changes).toEqual([])
  })

  test('closing takes a conversation out of the inbox', async () => {
    const api = createMemoryApi()
    api.addConversation('k1')
    const page = open(api)
    await page.desk.start()
    await until(page, ({ listing }) => listing.ids.length === 1)

    await page.desk.thread.close('k1')

    expect(api.changes).toEqual([expect.objectContaining({ call: 'PATCH /k1', body: { status: 'closed' } })])
    expect(page.state().listing.ids).toEqual([])
  })

  test('a draft is still there after the page was closed', () => {
    const kept = new Map<string, string>()
    open(createMemoryApi(), { kept }).desk.thread.draft('k1', 'Half a sent')

    expect(open(createMemoryApi(), { kept }).state().drafts).toEqual({ k1: 'Half a sent' })
  })
})

test('the keyboard walks down the list, and the address follows', async () => {
  const api = createMemoryApi()
  api.addConversation('k1')
  api.addConversation('k2')
  const page = open(api)
  await page.desk.start()
  await until(page, ({ listing }) => listing.ids.length === 2)

  page.desk.step(1)
  expect(page.address()).toBe('?conversation=k2')
  page.desk.step(1)

  expect(page.address()).toBe('?conversation=k1')
})
