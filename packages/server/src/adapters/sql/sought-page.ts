import type { Conversation, ConversationFilter, ConversationPage, Instant } from '@beckon/core'
import { encodeCursor } from './cursor.ts'
import { page } from './page.ts'
import { body, flag, number, type Row } from './row.ts'

/**
 * How many conversations one page looks at for what no index finds. In memory it takes the embedded engine 26 ms, during which nobody
 * else is served, and PostgreSQL 80 ms (docs/adr/0039-a-search-looks-at-so-many-a-page.md).
 */
export const mostLookedAt = 5000

/** Whether a list has to look at conversations one by one. */
export function isSought({ text, deploymentId }: ConversationFilter): boolean {
  return text !== undefined || deploymentId !== undefined
}

/**
 * `is_end` marks the row that is not a finding but the last that was looked at; it is only there where the page was not filled before.
 *
 * Findings come in their order and before it, although the statement orders only what each branch of its UNION ALL walks along: both
 * engines answer one branch after the other, and PostgreSQL hands none to parallel workers that has a LIMIT inside. To order the whole
 * would be to look at everything, also where the first few conversations fill the page.
 */
export function soughtPage(rows: readonly Row[], size: number): ConversationPage {
  const found = page(rows.filter((row) => !flag(row, 'is_end')), size, cursorOf, (row) => body<Conversation>(row))
  const end = rows.find((row) => flag(row, 'is_end'))
  return end === undefined || found.next !== undefined ? found : { ...found, next: cursorOf(end), searchedBackTo: number(end, 'last_entry_at') as Instant }
}

export function cursorOf(row: Row): string {
  return encodeCursor(number(row, 'last_entry_at'), number(row, 'key'))
}
