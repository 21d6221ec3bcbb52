import { fieldsOf, listOf, textOf, type Fields } from './fields.ts'

/** A frame has room for it, whatever else it carries. */
const mostCharacters = 1000

/** Structured content for those who can show text only: every word of it and every address, one thing a line. */
export function contentInWords(content: readonly unknown[]): string {
  const lines = content.flatMap((part) => [...wordsOf(fieldsOf(part))]).filter((line) => line !== undefined)
  const text = lines.join('\n')
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`
}

/** All that a message says, for those who can show text only: its text, and its structured content below. */
export function messageInWords({ text = '', content = [] }: { readonly text?: string; readonly content?: readonly unknown[] }): string {
  return [text, contentInWords(content)].filter((part) => part !== '').join('\n')
}

type Words = Iterable<string | undefined>

const readers: Readonly<Record<string, (part: Fields) => Words>> = {
  QuickReply: ({ quickReply }) => [bullet(fieldsOf(quickReply)['text'])],
  Card: ({ card }) => cardWords(fieldsOf(card)),
  Carousel: ({ carousel }) => listOf(fieldsOf(carousel)['cards']).flatMap((card) => [...cardWords(fieldsOf(card))]),
  DatePicker: ({ datePicker }) => dateWords(fieldsOf(datePicker)),
  ListPicker: ({ listPicker }) => listWords(fieldsOf(listPicker)),
  Form: ({ form }) => formWords(fieldsOf(form)),
}

function wordsOf(part: Fields): Words {
  const kind = textOf(part['contentType']) ?? ''
  return Object.hasOwn(readers, kind) ? (readers[kind]?.(part) ?? []) : []
}

function* cardWords({ title, description, actions }: Fields): Words {
  yield textOf(title)
  yield textOf(description)
  for (const action of listOf(actions).map(fieldsOf)) {
    const address = textOf(action['url'])
    yield bullet(address === undefined ? action['text'] : `${textOf(action['text']) ?? ''}: ${address}`)
  }
}

function* dateWords({ title, subtitle, availableTimes }: Fields): Words {
  yield textOf(title)
  yield textOf(subtitle)
  for (const slot of listOf(availableTimes)) yield bullet(fieldsOf(slot)['dateTime'])
}

function* listWords({ receivedMessage, sections }: Fields): Words {
  yield* bannerWords(receivedMessage)
  for (const section of listOf(sections).map(fieldsOf)) {
    yield textOf(section['title'])
    for (const item of listOf(section['items'])) yield bullet(fieldsOf(item)['title'])
  }
}

function* formWords({ introduction, receivedMessage, formPages }: Fields): Words {
  yield* bannerWords(receivedMessage)
  yield* bannerWords(introduction)
  for (const page of listOf(formPages).map(fieldsOf)) {
    yield textOf(page['title'])
    for (const part of listOf(page['pageComponents']).map(fieldsOf)) {
      const named = [part['input'], part['datePicker'], part['listPicker'], part['wheelPicker']].map(fieldsOf)
      yield* named.map(({ title }) => bullet(title))
    }
  }
}

function* bannerWords(banner: unknown): Words {
  const { title, subtitle } = fieldsOf(banner)
  yield textOf(title)
  yield textOf(subtitle)
}

function bullet(value: unknown): string | undefined {
  const text = textOf(value)
  return text === undefined ? undefined : `• ${text}`
}
