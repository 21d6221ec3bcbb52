import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function aLog(level = 'info') {
  const lines: string[] = []
  const log = createLog(level, { write: (line: string) => void lines.push(line) })
  return { log, written: () => lines.join(''), parsed: (): unknown[] => lines.map((line) => JSON.parse(line)) }
}

const said = 'my order number is 4711'
const credential = 'bks_very-secret'

test('a line is JSON with its level in a word, its time and its facts', () => {
  const { log, parsed } = aLog()

  log.info({ port: 8080, role: 'all' }, 'listening')

  expect(parsed()).toEqual([{ level: 'info', time: expect.stringMatching(/Z$/), port: 8080, role: 'all', msg: 'listening' }])
})

test('what a guest wrote and what opens doors never reach a line, however deep they hide', () => {
  const { log, written } = aLog()

  log.info({ entry: { text: said, content: [{ body: said }], from: { name: said } }, requests: [{ token: credential, query: { q: said } }] }, 'oops')
  log.error({ client: { secret: credential, secretHash: credential }, headers: { authorization: `Bearer ${credential}` }, cookie: credential }, 'oops')
  log.child({ text: said }).warn('oops')

  expect(written()).not.toContain(said)
  expect(written()).not.toContain(credential)
})

test('an error keeps its name, its words, its place and its cause, and loses what else hangs on it', () => {
  const { log, parsed } = aLog()
  const error = Object.assign(new Error('disk is full', { cause: new RangeError('no space') }), { code: 'ENOSPC', command: said })

  log.error({ err: error }, 'commit failed')

  expect(parsed()).toMatchObject([{ err: { type: 'Error', message: 'disk is full', code: 'ENOSPC', cause: { type: 'RangeError' } } }])
  expect(JSON.stringify(parsed())).not.toContain(said)
})

test('a parser that quotes what it choked on is not quoted', () => {
  const { log, written } = aLog()

  try {
    JSON.parse(said)
  } catch (error) {
    log.warn({ err: error }, 'bad frame')
    log.warn(error, 'bad frame')
  }

  expect(written()).toContain('SyntaxError')
  expect(written()).not.toContain('order')
})

test('of a request, only its method and its path are told', () => {
  const { log, parsed } = aLog()

  log.info({ req: { method: 'GET', url: '/api/v2/contacts?q=jane%40example.com', headers: { authorization: credential } }, res: { statusCode: 200 } }, 'answered')

  expect(parsed()).toMatchObject([{ req: { method: 'GET', path: '/api/v2/contacts' }, res: { statusCode: 200 } }])
  expect(JSON.stringify(parsed())).not.toMatch(/jane|bks_/)
})
