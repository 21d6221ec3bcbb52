import type { AccessToken, Agent, Answer, ContactId, Instant, Need, OAuthClient, PendingNeed, ProactiveMessage, SignIn } from '@beckon/core'
import { body, number, text } from '../../sql/row.ts'
import { asInteger } from '../connect.ts'
import { by, type Load } from './asked.ts'
import { keyOf, pendingKey } from './world.ts'

/** What is known by its own name: answers, and whoever has access. */
export const namedLoads: readonly Load[] = [
  {
    name: 'load answers', ask: by((need) => need.idempotencyKey),
    text: 'SELECT key, fingerprint, value, expires_at FROM answers WHERE key = ANY($1::text[])',
    take(world, row) {
      const answer: Answer = {
        key: text(row, 'key'), fingerprint: text(row, 'fingerprint'), value: JSON.parse(text(row, 'value')) as unknown, expiresAt: number(row, 'expires_at') as Instant,
      }
      world.answers.set(answer.key, answer)
    },
  },
  {
    name: 'load proactive messages', ask: by((need) => need.proactiveId),
    text: 'SELECT id, body FROM proactive_messages WHERE id = ANY($1::text[])',
    take: (world, row) => void world.proactives.set(text(row, 'id'), body<ProactiveMessage>(row)),
  },
  {
    name: 'load clients', ask: by((need) => need.oauthClientId),
    text: 'SELECT id, body FROM oauth_clients WHERE id = ANY($1::text[])',
    take: (world, row) => void world.clients.set(text(row, 'id'), body<OAuthClient>(row)),
  },
  {
    name: 'load agents', ask: by((need) => need.agentId),
    text: 'SELECT id, body FROM agents WHERE id = ANY($1::text[])',
    take: (world, row) => void world.agents.set(text(row, 'id'), body<Agent>(row)),
  },
  {
    name: 'load agents by name', ask: by((need) => need.agentName),
    text: 'SELECT name, body FROM agents WHERE name = ANY($1::text[])',
    take: (world, row) => void world.agentByName.set(text(row, 'name'), body<Agent>(row)),
  },
  {
    name: 'load access tokens', ask: by((need) => need.tokenHash),
    text: 'SELECT hash, body FROM access_tokens WHERE hash = ANY($1::text[])',
    take: (world, row) => void world.accessTokens.set(text(row, 'hash'), body<AccessToken>(row)),
  },
  {
    name: 'load sign-ins', ask: by((need) => need.signInId),
    text: 'SELECT id, body FROM sign_ins WHERE id = ANY($1::text[])',
    take: (world, row) => void world.signIns.set(text(row, 'id'), body<SignIn>(row)),
  },
]

type Pending<K extends PendingNeed['kind']> = Extract<PendingNeed, { readonly kind: K }>

/** Messages under way, oldest first: each kind reads one range of one partial index, whatever else the contact has waiting. */
export const pendingLoads: readonly Load[] = [
  pending('all', '', { columns: [], values: () => [] }),
  pending('scheduled', `AND status = 'scheduled'`, { columns: [], values: () => [] }),
  pending('superseded', `AND supersede_key = asked.supersede_key AND supersede_key IS NOT NULL AND status IN ('scheduled', 'sent')`, {
    columns: ['supersede_key text'],
    values: ({ supersedeKey }) => [supersedeKey],
  }),
  reached('scheduled', `AND status = 'scheduled'`),
  reached('sent', `AND status = 'sent' AND seq <= asked.delivered_seq AND conversation_id = asked.conversation_id`),
  reached('delivered', `AND status = 'delivered' AND seq <= asked.seen_seq AND conversation_id = asked.conversation_id`),
]

interface Parameters<K extends PendingNeed['kind']> {
  /** Beside the contact's id and the key under which the answer is kept, each with its type. */
  readonly columns: readonly string[]
  readonly values: (need: Pending<K>) => readonly (string | number)[]
  /** Where one kind of need takes several statements. */
  readonly part?: string
}

function reached(part: string, condition: string): Load {
  return pending('reached', condition, {
    part,
    columns: ['conversation_id text', 'delivered_seq integer', 'seen_seq integer'],
    values: ({ conversationId, deliveredSeq, seenSeq }) => [conversationId, asInteger(deliveredSeq), asInteger(seenSeq)],
  })
}

function pending<K extends PendingNeed['kind']>(kind: K, condition: string, { columns, values, part }: Parameters<K>): Load {
  const all = ['contact_id text', 'kept_as text', ...columns]
  const parameters = all.map((column, index) => `$${String(index + 1)}::${column.split(' ')[1] ?? ''}[]`)
  const names = all.map((column) => column.split(' ')[0])
  return {
    name: keyOf('load pending', kind, ...(part === undefined ? [] : [part])),
    text: `SELECT asked.contact_id, asked.kept_as, found.body FROM unnest(${parameters.join(', ')}) AS asked (${names.join(', ')}),
      LATERAL (SELECT key, body FROM proactive_messages WHERE contact_id = asked.contact_id AND is_pending ${condition} OFFSET 0) AS found ORDER BY found.key`,
    ask: ({ need, contactIds }) => {
      const wanted = wantedOf(need, kind)
      return wanted ? contactIds.map((id) => [id, pendingKey(wanted), ...values(wanted)]) : []
    },
    take(world, row) {
      const message = body<ProactiveMessage>(row)
      world.pending.get(text(row, 'contact_id') as ContactId)?.get(text(row, 'kept_as'))?.messages.set(message.id, message)
    },
  }
}

function wantedOf<K extends PendingNeed['kind']>({ pendingMessages }: Need, kind: K): Pending<K> | undefined {
  return pendingMessages?.kind === kind ? (pendingMessages as Pending<K>) : undefined
}
