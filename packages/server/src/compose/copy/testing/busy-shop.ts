import { createUseCases, days, minutes, must, plus, type ContactId, type ConversationId, type DeploymentId, type Result, type Store, type UseCases } from '@beckon/core'
import { createFakeIdentityProvider, createMemoryAttachmentFiles, createMemoryPresence, createPlainSecrets, createSequenceIds, createSignatureProbe, valueOf, type FakeClock } from '@beckon/core/testing'

export interface BusyShop {
  readonly useCases: UseCases
  readonly deploymentId: DeploymentId
  readonly token: string
  readonly contactId: ContactId
  readonly conversationId: ConversationId
}

/** What people write, and what programs trip over. */
const oddTexts = [
  'a 👩‍👩‍👧‍👦 with a flag 🏳️‍🌈, and an astral 𝄞',
  `quotes ' " \` and \\ backslashes \\u0000 that are no escapes, \\N and \\.`,
  'tabs\tlines\nreturns\rand the rest of them \u0001\u001f\u007f\u0085',
  'right to left שלום, combining e\u0301, no character \ufffe, zero\u200bwidth, a line separator\u2028.',
  '{"json": [1, 2.50, 1e400]}',
]

const browserToken = '8c5a1e0b-9f6d-4a37-b2c4-d1e0f7a86b35'
const otherToken = '1f0e2d3c-4b5a-4697-8879-a6b5c4d3e2f1'
const issuer = 'https://id.shop.example'
const redirectUri = 'https://shop.example/callback'
const ana = { kind: 'agent', id: 'ana', name: 'Ana' } as const
const crm = { kind: 'api', id: 'crm', name: 'Shop' } as const

/** A shop in which everything that can be stored has been stored, through the doors that it comes in by. */
export async function busyShop(store: Store, clock: FakeClock): Promise<BusyShop> {
  const identityProvider = createFakeIdentityProvider()
  const ports = { files: createMemoryAttachmentFiles(), probe: createSignatureProbe(), presence: createMemoryPresence(), ids: createSequenceIds(), secrets: createPlainSecrets() }
  const useCases = createUseCases({ store, clock, identityProvider, ...ports })
  const authentication = { enabled: true, issuer, clientId: 'chat', clientSecret: 's3cret', redirectUris: [redirectUri] }
  const { id: deploymentId } = valueOf(await useCases.createDeployment({ settings: { name: oddTexts[0] ?? '', allowedDomains: ['shop.example'], authentication } }))
  identityProvider.people.set('code-ada', { identity: { issuer, subject: 'ada' }, claims: { name: 'Ada' } })

  await administration(useCases)
  const guest = valueOf(await useCases.configureGuest({ deploymentId, token: browserToken, startNew: false }))
  const conversationId = await chat(useCases, guest)
  await files(useCases, guest)
  await messages(useCases, guest.contact.id, plus(clock.now(), days(1)))
  clock.advance(minutes(5))
  await signedIn(useCases, deploymentId)
  await others(useCases, deploymentId)
  valueOf(await useCases.registerPushDevice({ deploymentId, token: browserToken, device: { deviceToken: 'device-1', notificationProvider: 'FCM', deviceType: 'android', language: 'en' } }))
  return { useCases, deploymentId, token: browserToken, contactId: guest.contact.id, conversationId }
}

type Guest = Awaited<ReturnType<UseCases['configureGuest']>> extends Result<infer T> ? T : never

async function administration(useCases: UseCases): Promise<void> {
  const { client } = valueOf(await useCases.createClient({ details: { name: 'CRM', scopes: ['events:read'] } }))
  await useCases.issueToken({ client, scopes: ['events:read'] })
  valueOf(await useCases.createAgent({ name: 'ana', details: { displayName: 'Ana “Quick” O’Neil', password: 'a long password' } }))
  must(await useCases.loginAgent({ name: 'ana', password: 'a long password' }), 'the agent signed in')
}

/** Everything that a log can hold: words, ends, new beginnings, what was taken back. */
async function chat(useCases: UseCases, { contact, session }: Guest): Promise<ConversationId> {
  const said = oddTexts.map((text, index) => useCases.writeAsGuest({ contactId: contact.id, sessionId: session.id, saying: { text }, clientId: `client-${String(index)}` }))
  const { entry } = valueOf(must((await Promise.all(said)).at(-1), 'something was said'))
  const { conversationId } = entry
  valueOf(await useCases.acknowledge({ contactId: contact.id, conversationId, by: 'guest', upTo: { deliveredSeq: entry.seq, seenSeq: entry.seq } }))
  valueOf(await useCases.updateConversation({ conversationId, status: 'closed', reason: 'solved', by: ana }))
  valueOf(await useCases.updateConversation({ conversationId, status: 'open', by: ana }))
  return conversationId
}

async function files(useCases: UseCases, { contact, session }: Guest): Promise<void> {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)
  const { attachment } = valueOf(await useCases.createAttachment({ contactId: contact.id, sessionId: session.id, file: { fileName: 'päckchen 7.png', mediaType: 'image/png', size: bytes.byteLength } }))
  must(attachment.id, 'a file was announced')
}

async function messages(useCases: UseCases, contactId: ContactId, sendAt: ReturnType<typeof plus>): Promise<void> {
  const send = { address: { contactId }, from: crm, proactive: true } as const
  const { message } = valueOf(await useCases.sendMessage({ ...send, saying: { text: 'Here at once' }, policy: { supersedeKey: 'parcel-77' }, idempotency: { key: 'crm:1', fingerprint: 'f' } }))
  valueOf(await useCases.sendMessage({ ...send, saying: { text: oddTexts[2] ?? '' }, policy: { sendAt } }))
  valueOf(await useCases.cancelProactive({ id: must(message.id, 'it was stored'), reason: 'not needed' }))
  valueOf(await useCases.sendMessage({ ...send, saying: { text: 'Still waiting' }, policy: { supersedeKey: 'parcel-78' } }))
}

async function signedIn(useCases: UseCases, deploymentId: DeploymentId): Promise<void> {
  const proof = { code: 'code-ada', redirectUri }
  const { signIn } = valueOf(await useCases.signInGuest({ deploymentId, proof }))
  const configured = valueOf(await useCases.configureSignedInGuest({ deploymentId, token: otherToken, startNew: false, signInId: signIn.id }))
  valueOf(await useCases.writeAsGuest({ contactId: configured.contact.id, sessionId: configured.session.id, saying: { text: 'It is me' } }))
}

/** People known from elsewhere, and one who is known no more. */
async function others(useCases: UseCases, deploymentId: DeploymentId): Promise<void> {
  const known = valueOf(await useCases.createContact({ deploymentId, details: { name: oddTexts[1] ?? '', externalId: 'crm-7 "é"', email: 'A@Shop.example' } }))
  valueOf(await useCases.sendMessage({ address: { contactId: known.id }, from: crm, proactive: true, saying: { text: 'Welcome' }, policy: {} }))
  const gone = valueOf(await useCases.createContact({ deploymentId, details: { name: 'Gone' } }))
  valueOf(await useCases.eraseContact({ contactId: gone.id }))
}
