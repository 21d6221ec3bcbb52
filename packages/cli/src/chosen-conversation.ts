import type { Beckon } from '@beckon/client'
import { CommandFailed } from './command-failed.ts'

/** The conversation that was named, or with `--last` the one with the newest activity. */
export async function chosenConversation(beckon: Beckon, id: string | undefined, last: boolean | undefined): Promise<string> {
  if (id !== undefined) return id
  if (last !== true) throw new CommandFailed('usage', 'Which conversation? Give its id, or --last for the latest one.')
  return (await latestConversation(beckon)).id
}

/** The conversation with the newest activity. */
export async function latestConversation(beckon: Beckon): Promise<{ readonly id: string; readonly contactId: string }> {
  const { entities } = await beckon.listConversations({ pageSize: 1 })
  const [latest] = entities
  if (latest === undefined) {
    throw new CommandFailed('failed', 'Nobody has chatted yet.', ['Open the demo page, write something, and close the tab; then try again.'])
  }
  return latest
}
