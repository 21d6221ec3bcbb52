import { BeckonRefusal, BeckonUnreachable, type Beckon } from '@beckon/client'
import type { MyToken, Send, SendPlan } from '@beckon/protocol'
import type { Finding } from '../finding.ts'
import type { CanonicalTwin, Judged } from './judge-call.ts'

/** What a running server says about a call that is not made. */
export interface Asked {
  readonly findings: readonly Finding[]
  /** What the send would do now. */
  readonly plan?: SendPlan
}

/** Only reads and dry runs: the call itself is never made, whatever it is. */
export async function askServer(beckon: Beckon, judged: Judged): Promise<Asked> {
  const holder = await told('token', () => beckon.getMyToken())
  if ('finding' in holder) return { findings: [holder.finding] }
  const isSound = judged.findings.every(({ state, name }) => state !== 'bad' || name === 'token')
  const { twin } = judged
  const wanted = judged.scopes.length === 0 ? [] : [judgeScopes(holder.value, judged)]
  if (!twin || !isSound || hasPlaceholder(twin)) return { findings: wanted }
  const plan = await planOf(beckon, twin)
  const state = plan ? undefined : await stateOf(beckon, twin)
  return {
    findings: [...wanted, ...(plan && 'finding' in plan ? [plan.finding] : []), ...(state ? [state] : [])],
    ...(plan && 'value' in plan ? { plan: plan.value } : {}),
  }
}

function judgeScopes({ name, scopes }: MyToken, { scopes: sufficient }: Judged): Finding {
  const held = sufficient.find((scope) => scopes.includes(scope))
  if (held !== undefined) return { name: 'scope', state: 'good', told: `${name} has ${held}` }
  const remedy = `Use a client that has it: beckon client create --name "…" --scope ${sufficient[0] ?? ''}`
  return { name: 'scope', state: 'bad', told: `403: ${name} has ${scopes.join(', ')}, and none of ${sufficient.join(', ')}`, remedy }
}

/** Ids in their places, not `$ID`, `{id}` or `<id>`. */
function hasPlaceholder({ params }: CanonicalTwin): boolean {
  return Object.values(params).some((value) => /[${}<>]|^:/.test(decodeURIComponent(value)))
}

type Told<T> = { readonly value: T } | { readonly finding: Finding }

async function planOf(beckon: Beckon, { row: { operationId }, params, body }: CanonicalTwin): Promise<Told<SendPlan> | undefined> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row's schema or the translation has just said that it is one
  const send = { ...(body as Send & { readonly conversationId: string }), dryRun: true } as const
  if (operationId === 'send-message') return told('plan', () => beckon.sendMessage(send))
  if (operationId === 'send-to-contact') return told('plan', () => beckon.sendToContact(params['contactId'] ?? '', send))
  if (operationId === 'send-to-conversation') return told('plan', () => beckon.sendToConversation(params['conversationId'] ?? '', send))
  return undefined
}

async function stateOf(beckon: Beckon, { params: { conversationId, contactId, sessionId } }: CanonicalTwin): Promise<Finding | undefined> {
  if (conversationId !== undefined) return stated(told('state', async () => `the conversation is ${(await beckon.getConversation(conversationId)).status}`))
  if (contactId !== undefined) return stated(told('state', async () => `the contact is known, since ${(await beckon.getContact(contactId)).createdAt}`))
  if (sessionId !== undefined) return stated(told('state', async () => `the session is ${(await beckon.getSession(sessionId)).state}`))
  return undefined
}

async function stated(asked: Promise<Told<string>>): Promise<Finding> {
  const answer = await asked
  return 'finding' in answer ? answer.finding : { name: 'state', state: 'good', told: answer.value }
}

/** An answer, or the refusal as a finding. */
async function told<T>(name: string, ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return { value: await ask() }
  } catch (error) {
    if (error instanceof BeckonUnreachable) return { finding: { name: 'server', state: 'skipped', told: error.message } }
    if (!(error instanceof BeckonRefusal)) throw error
    return { finding: { name, state: 'bad', told: `${error.status}: ${error.problem.detail}`, ...remedyOf(error) } }
  }
}

function remedyOf({ requiredScope, actions }: BeckonRefusal): { readonly remedy?: string } {
  if (requiredScope !== undefined) return { remedy: `Use a client that has it: beckon client create --name "…" --scope ${requiredScope}` }
  const [first] = actions
  if (first === undefined) return {}
  const shown = first.body === undefined ? '' : ` ${JSON.stringify(first.body, (key, value: unknown) => (key === 'dryRun' ? undefined : value))}`
  return { remedy: `Would work: ${first.method} ${first.href}${shown}` }
}
