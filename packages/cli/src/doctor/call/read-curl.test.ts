import { describe, expect, test } from 'vitest'
import { readCurl, type CurlRequest } from './read-curl.ts'
import { shellWords } from './shell-words.ts'

function read(line: string): CurlRequest {
  return readCurl(shellWords(line)?.words ?? [])
}

const texts = (line: string): readonly string[] | undefined => shellWords(line)?.words.map(({ text }) => text)

describe('a pasted line is taken apart as a shell does it', () => {
  test.each([
    [`curl 'a b' "c d" e\\ f`, ['curl', 'a b', 'c d', 'e f']],
    [`curl -d '{"a":"it'\\''s"}'`, ['curl', '-d', `{"a":"it's"}`]],
    [`curl -d "{\\"a\\":\\"\\$5\\"}"`, ['curl', '-d', '{"a":"$5"}']],
    [`curl -d $'{"a":"it\\'s \\u00e9\\n"}'`, ['curl', '-d', `{"a":"it's é\n"}`]],
    ['curl \\\n  -X POST \\\r\n  http://x', ['curl', '-X', 'POST', 'http://x']],
    [`curl -d ''`, ['curl', '-d', '']],
    ['curl “http://x/a”', ['curl', 'http://x/a']],
    ['curl http://x | jq .', ['curl', 'http://x']],
  ])('%s', (line, words) => {
    expect(texts(line)).toEqual(words)
  })

  test('variables stay as they are written, and are marked; those in single quotes are none', () => {
    expect(shellWords(`"$API/a" '$API/a' \${HOST}/b $(cat x) "\\$5" \`id\``)?.words).toEqual([
      { text: '$API/a', isOpen: true }, { text: '$API/a', isOpen: false }, { text: '${HOST}/b', isOpen: true }, { text: '$(cat x)', isOpen: true },
      { text: '$5', isOpen: false }, { text: '`id`', isOpen: true },
    ])
  })

  test('an & outside of quotes ends the command, as it would', () => {
    expect(shellWords('curl http://x/a?b=1&c=2')).toMatchObject({ cutAt: '&' })
    expect(shellWords(`curl 'http://x/a?b=1&c=2'`)?.cutAt).toBeUndefined()
  })

  test.each([`curl 'http://x`, 'curl "http://x', `curl $'x`])('%s: a quote that is never closed is noticed', (line) => {
    expect(shellWords(line)).toBeUndefined()
  })
})

describe('a curl line is read as curl does it', () => {
  test.each([
    ['curl http://x/a', 'GET'],
    ['curl -I http://x/a', 'HEAD'],
    [`curl -d '{}' http://x/a`, 'POST'],
    [`curl -G -d a=1 http://x/a`, 'GET'],
    [`curl -XPATCH --json '{}' http://x/a`, 'PATCH'],
    ['curl -sSfX DELETE --url http://x/a', 'DELETE'],
    ['curl --request=delete http://x/a', 'DELETE'],
    ['/usr/bin/curl -k --compressed -o out.json -w "%{http_code}" -m 5 http://x/a', 'GET'],
    ['$ curl http://x/a', 'GET'],
  ])('%s is a %s', (line, method) => {
    expect(read(line)).toMatchObject({ method, url: { text: expect.stringContaining('http://x/a') } })
  })

  test('headers, credentials and the pieces of a body come together', () => {
    const request = read(`curl -u id:secret -H 'Content-Type: application/json' -H"X-A:b" --oauth2-bearer t -d a=1 --data-urlencode 'b=c d' http://x`)

    expect([...request.headers].map(([name, { text }]) => `${name}=${text}`)).toEqual(['content-type=application/json', 'x-a=b', 'authorization=Bearer t'])
    expect(request).toMatchObject({ method: 'POST', body: { text: 'a=1&b=c%20d' }, hasUser: true })
    expect(read(`curl -G -d a=1 -d b=2 'http://x/y?z=0'`).url.text).toBe('http://x/y?z=0&a=1&b=2')
    expect(read('curl --json @body.json http://x')).toMatchObject({ hasBodyInFile: true, headers: new Map([['content-type', { text: 'application/json', isOpen: false }]]) })
  })

  test.each([
    ['wget http://x', 'the word curl is missing'],
    ['curl -s', 'names no address'],
    ['curl http://x http://y', 'several addresses'],
    ['curl -F file=@a http://x', 'form of parts'],
    ['curl -T a http://x', 'uploads a file'],
    ['curl --frobnicate http://x', '--frobnicate'],
    ['curl http://x -H', 'needs a value'],
  ])('%s is refused with the reason', (line, reason) => {
    expect(() => read(line)).toThrow(reason)
  })

  test('no refusal repeats a value: secrets are among them', () => {
    for (const line of ['curl http://x hunter2', 'curl -F password=hunter2 http://x', 'curl --secret=hunter2 http://x', 'curl -u me:hunter2']) {
      expect(() => read(line)).toThrow(/^(?!.*hunter2)/)
    }
  })
})
