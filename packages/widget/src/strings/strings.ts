import { languageOf } from '../loader/launcher-words.ts'
import { english } from './en.ts'

/** A text that depends on a count; `{n}` stands for it. Keys are the plural categories of the language. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & Record<'other', string>>

/** Everything the messenger says. `{name}` stands for the other side's name. */
export interface Strings {
  readonly chat: string
  readonly greeting: string
  readonly close: string
  readonly write: string
  readonly send: string
  readonly messages: string
  readonly sending: string
  readonly sent: string
  readonly delivered: string
  readonly seen: string
  readonly notSent: string
  readonly retry: string
  readonly discard: string
  readonly tooLong: string
  readonly connecting: string
  readonly offline: string
  readonly unavailable: string
  readonly elsewhere: string
  readonly useHere: string
  readonly closedReopen: string
  readonly closedStartNew: string
  readonly closedReadOnly: string
  readonly startNew: string
  readonly eventClosed: string
  readonly eventClosedIdle: string
  readonly eventReopened: string
  readonly eventStarted: string
  readonly eventJoined: string
  readonly eventLeft: string
  readonly withdrawn: string
  readonly typing: string
  readonly typingNamed: string
  readonly newDivider: string
  readonly toLatest: string
  readonly newBelow: Counted
  readonly earlier: string
  readonly today: string
  readonly yesterday: string
  readonly you: string
  readonly support: string
  readonly bot: string
  readonly cardLabel: string
  readonly reply: string
  readonly dismiss: string
  readonly announced: string
  readonly quickReplies: string
  readonly attach: string
  readonly removeFile: string
  readonly fileTooLarge: string
  readonly fileRefused: string
  readonly fileFailed: string
}

/** English is built in; every other language is a small file of its own, fetched when it is needed. */
const languages: Readonly<Record<string, () => Promise<Strings>>> = {
  de: () => import('./de.ts').then((module) => module.german),
  fr: () => import('./fr.ts').then((module) => module.french),
  es: () => import('./es.ts').then((module) => module.spanish),
  ar: () => import('./ar.ts').then((module) => module.arabic),
}

export async function stringsFor(locale: string): Promise<Strings> {
  const load = languages[languageOf(locale)]
  return load === undefined ? english : load().catch(() => english)
}

export function counted(forms: Counted, count: number, locale: string): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return form.replace('{n}', new Intl.NumberFormat(locale).format(count))
}

export function named(text: string, name: string): string {
  return text.replace('{name}', () => name)
}
