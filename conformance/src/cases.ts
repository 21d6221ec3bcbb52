import { attachments } from './cases/attachments.ts'
import { clearConversation } from './cases/clear.ts'
import { configuration } from './cases/configuration.ts'
import { connection } from './cases/connection.ts'
import { echoAndKeys } from './cases/echo-and-keys.ts'
import { envelope } from './cases/envelope.ts'
import { expiry } from './cases/expiry.ts'
import { history } from './cases/history.ts'
import { limits } from './cases/limits.ts'
import { messages } from './cases/messages.ts'
import { fromTheBusiness } from './cases/outbound.ts'
import { readOnly } from './cases/read-only.ts'
import { session } from './cases/session.ts'
import { severalConnections } from './cases/several-connections.ts'
import { signedIn } from './cases/signed-in.ts'
import type { Case } from './run/case.ts'

/** Everything that is asked, in the order of the reference. */
export const cases: readonly Case[] = [
  ...connection, ...limits, ...envelope, ...session, ...messages, ...fromTheBusiness, ...attachments, ...echoAndKeys,
  ...readOnly, ...clearConversation, ...severalConnections, ...expiry, ...signedIn, ...history, ...configuration,
].toSorted((one, other) => inOrder(one.section, other.section))

/** The cases of a section and its parts: `4` holds `4.7`. */
export function casesOf(only: string | undefined): readonly Case[] {
  const wanted = only?.replace(/^§/, '')
  return wanted === undefined ? cases : cases.filter(({ section }) => section === wanted || section.startsWith(`${wanted}.`))
}

function inOrder(one: string, other: string): number {
  const [first, second] = [one, other].map((section) => section.split('.').map(Number))
  return (first?.[0] ?? 0) - (second?.[0] ?? 0) || (first?.[1] ?? 0) - (second?.[1] ?? 0)
}
