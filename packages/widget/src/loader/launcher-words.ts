/** The few words that are needed before anything else is loaded. */
interface LauncherWords {
  readonly open: string
  readonly close: string
  /** `{n}` is the count; the key is the language's plural category. */
  readonly unread: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>
}

const english: LauncherWords = {
  open: 'Open chat',
  close: 'Close chat',
  unread: { one: '{n} unread message', other: '{n} unread messages' },
}

const words: Readonly<Record<string, LauncherWords>> = {
  de: {
    open: 'Chat öffnen',
    close: 'Chat schließen',
    unread: { one: '{n} ungelesene Nachricht', other: '{n} ungelesene Nachrichten' },
  },
  fr: {
    open: 'Ouvrir la discussion',
    close: 'Fermer la discussion',
    unread: { one: '{n} message non lu', other: '{n} messages non lus' },
  },
  es: {
    open: 'Abrir el chat',
    close: 'Cerrar el chat',
    unread: { one: '{n} mensaje sin leer', other: '{n} mensajes sin leer' },
  },
  ar: {
    open: 'فتح المحادثة',
    close: 'إغلاق المحادثة',
    unread: {
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '{n} رسائل غير مقروءة',
      many: '{n} رسالة غير مقروءة',
      other: '{n} رسالة غير مقروءة',
    },
  },
}

/** The launcher's accessible name. */
export function launcherName(locale: string, isOpen: boolean, unread: number): string {
  const own = words[languageOf(locale)] ?? english
  if (isOpen) return own.close
  if (unread === 0) return own.open
  const form = own.unread[new Intl.PluralRules(locale).select(unread)] ?? own.unread.other ?? ''
  return `${own.open}, ${form.replace('{n}', String(unread))}`
}

export function languageOf(locale: string): string {
  return locale.slice(0, 2).toLowerCase()
}
