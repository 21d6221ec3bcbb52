import type { CopiedStore } from '@beckon/server'

/** What a copy came to, and what is to be done now. The sums of every table are in the machine-readable output. */
export function describeCopy({ from, tables, began, epoch, lastPosition, files }: CopiedStore): readonly string[] {
  if (began === 'finished-earlier') return [`Nothing to do: the database holds the finished copy of ${from}.`]
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const steps = [
    'Give every server the key of this installation: BECKON_SECRET_KEY_FILE=<that folder>/installation.key',
    ...(files === 0 ? [] : [`Put the ${files.toLocaleString('en')} files of messages, <that folder>/attachments, where every server reaches them, and say so with BECKON_ATTACHMENTS_URL`]),
    'Start servers with BECKON_DATABASE_URL, and none on the old folder any more',
  ]
  return [
    `Copied ${from}: ${rows.toLocaleString('en')} rows of ${String(tables.length)} tables. Every table was compared on both sides: rows and checksums are equal.`,
    `The feed goes on after position ${String(lastPosition)} in the epoch ${epoch}: clients and readers of the feed resume where they were.`,
    'Now:',
    ...steps.map((step, index) => `  ${String(index + 1)}. ${step}`),
  ]
}
