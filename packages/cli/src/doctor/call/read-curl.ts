import { CommandFailed } from '../../command-failed.ts'
import { curlFlag, type FlagMeaning } from './curl-flags.ts'
import type { ShellWord } from './shell-words.ts'

/** The request that a curl line would make, as far as the line says it. */
export interface CurlRequest {
  readonly method: string
  readonly url: ShellWord
  /** By lower-cased name. */
  readonly headers: ReadonlyMap<string, ShellWord>
  readonly body?: ShellWord
  /** The body stands in a file, which is not read. */
  readonly hasBodyInFile: boolean
  /** Credentials given with `-u`. */
  readonly hasUser: boolean
}

interface Option {
  readonly means: FlagMeaning
  readonly value: ShellWord
}

const nothing: ShellWord = { text: '', isOpen: false }
const dataMeanings: readonly FlagMeaning[] = ['data', 'rawData', 'encodedData', 'json']

/** Reads the words of a curl line. What is wrong with it is told without repeating any of its values: secrets are among them. */
export function readCurl(words: readonly ShellWord[]): CurlRequest {
  const start = words.findIndex(({ text }) => /(?:^|\/)curl(?:\.exe)?$/.test(text))
  if (start === -1) throw unreadable('That is no curl line: the word curl is missing.')
  const { options, urls } = sorted(words.slice(start + 1))
  const valuesOf = (means: FlagMeaning): readonly ShellWord[] => options.filter((one) => one.means === means).map(({ value }) => value)
  const has = (means: FlagMeaning): boolean => valuesOf(means).length > 0
  if (has('form')) throw unreadable('-F sends a form of parts, and nothing here takes one.', ['Send JSON: -H "Content-Type: application/json" -d \'{"text":"…"}\'', 'Files go by their own call: POST …/attachments'])
  if (has('upload')) throw unreadable('-T uploads a file, and no call of the API takes one as its body.', ['Send JSON: -d \'{"text":"…"}\''])
  const url = onlyAddress([...valuesOf('url'), ...urls])
  const data = readData(options)
  const given = valuesOf('method').at(-1)?.text.toUpperCase()
  const rest = { headers: headersOf(options), hasUser: has('user') }
  if (has('get')) return { ...rest, method: given ?? 'GET', url: withQuery(url, data.body), hasBodyInFile: false }
  const method = given ?? (has('head') ? 'HEAD' : data.isPresent ? 'POST' : 'GET')
  return { ...rest, method, url, hasBodyInFile: data.isInFile, ...(data.body === undefined || data.isInFile ? {} : { body: data.body }) }
}

function onlyAddress([url, ...others]: readonly ShellWord[]): ShellWord {
  if (!url) throw unreadable('The line names no address.')
  if (others.length > 0) throw unreadable('The line names several addresses. One call at a time, please; an address or a body with blanks needs quotes.')
  return url
}

function readData(options: readonly Option[]): { readonly isPresent: boolean; readonly isInFile: boolean; readonly body: ShellWord | undefined } {
  const pieces = options.filter(({ means }) => dataMeanings.includes(means))
  return { isPresent: pieces.length > 0, isInFile: pieces.some(({ means, value }) => means !== 'rawData' && value.text.startsWith('@')), body: joined(pieces) }
}

function withQuery(url: ShellWord, query: ShellWord | undefined): ShellWord {
  if (!query) return url
  return { text: `${url.text}${url.text.includes('?') ? '&' : '?'}${query.text}`, isOpen: url.isOpen || query.isOpen }
}

function sorted(words: readonly ShellWord[]): { readonly options: readonly Option[]; readonly urls: readonly ShellWord[] } {
  const options: Option[] = []
  const urls: ShellWord[] = []
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word.text.startsWith('--') && word.text.length > 2) options.push(longOption(word, left))
    else if (word.text.startsWith('-') && word.text.length > 1) options.push(...shortOptions(word, left))
    else urls.push(word)
  }
  return { options, urls }
}

function longOption({ text, isOpen }: ShellWord, left: ShellWord[]): Option {
  const [name = '', ...glued] = text.slice(2).split('=')
  const flag = curlFlag(name)
  if (!flag || name.length === 1) throw unreadable(`curl has no flag --${name} that is known here.`)
  if (!flag.takesValue) return { means: flag.means, value: nothing }
  return { means: flag.means, value: glued.length > 0 ? { text: glued.join('='), isOpen } : next(`--${name}`, left) }
}

/** Several letters share one dash, and the last may have its value right behind it. */
function shortOptions({ text, isOpen }: ShellWord, left: ShellWord[]): readonly Option[] {
  const options: Option[] = []
  for (let at = 1; at < text.length; at += 1) {
    const name = text.charAt(at)
    const flag = curlFlag(name)
    if (!flag) throw unreadable(`curl has no flag -${name} that is known here.`)
    if (!flag.takesValue) {
      options.push({ means: flag.means, value: nothing })
      continue
    }
    const rest = text.slice(at + 1)
    options.push({ means: flag.means, value: rest === '' ? next(`-${name}`, left) : { text: rest, isOpen } })
    break
  }
  return options
}

function next(flag: string, left: ShellWord[]): ShellWord {
  const value = left.shift()
  if (!value) throw unreadable(`${flag} is the last word, and needs a value.`)
  return value
}

function headersOf(options: readonly Option[]): ReadonlyMap<string, ShellWord> {
  const headers = new Map<string, ShellWord>()
  for (const { means, value: { text, isOpen } } of options) {
    if (means === 'bearer') headers.set('authorization', { text: `Bearer ${text}`, isOpen })
    if (means === 'json') headers.set('content-type', { text: 'application/json', isOpen: false })
    if (means !== 'header') continue
    const [name = '', ...rest] = text.split(':')
    headers.set(name.trim().toLowerCase(), { text: rest.join(':').trim(), isOpen })
  }
  return headers
}

/** As curl joins them: several pieces of data with `&`, pieces of JSON as they are. */
function joined(bodies: readonly Option[]): ShellWord | undefined {
  if (bodies.length === 0) return undefined
  const pieces = bodies.map(({ means, value }) => (means === 'encodedData' ? encoded(value.text) : value.text))
  const isJson = bodies.every(({ means }) => means === 'json')
  return { text: pieces.join(isJson ? '' : '&'), isOpen: bodies.some(({ value }) => value.isOpen) }
}

function encoded(text: string): string {
  const at = text.indexOf('=')
  return at === -1 ? encodeURIComponent(text) : `${text.slice(0, at + 1)}${encodeURIComponent(text.slice(at + 1))}`
}

function unreadable(message: string, remedies: readonly string[] = []): CommandFailed {
  return new CommandFailed('usage', message, remedies)
}
