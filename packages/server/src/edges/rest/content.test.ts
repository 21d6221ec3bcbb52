import { expect, test } from 'vitest'
import { createApiWorld, type ApiAnswer, type ApiWorld } from '../../testing/api-world.ts'

const messaging = '/api/v2/conversations/messaging'

async function send(api: ApiWorld, body: object): Promise<ApiAnswer> {
  const { body: contact } = await api.call('POST /api/v2/contacts', { body: { name: 'Ada' } })
  return api.call(`POST ${messaging}/contacts/${contact['id']}/messages`, { body })
}

test.each([
  ['half a character', '\ud800'],
  ['the character U+0000', 'a\u0000b'],
])('a text with %s is refused, and the refusal points at it', async (_, text) => {
  await using api = await createApiWorld()

  const answers = [await send(api, { text }), await send(api, { text: 'x', from: { name: text } }), await send(api, { text: 'x', metadata: { k: text } }), await send(api, { content: [{ contentType: 'QuickReply', quickReply: { text } }] })]

  expect(answers.map(({ status, body }) => [status, body['errors'][0].pointer])).toEqual([
    [400, '#/text'], [400, '#/from/name'], [400, '#/metadata/k'], [400, '#/content/0/quickReply/text'],
  ])
  expect(answers[0]?.body['errors'][0].detail).toContain('U+0000')
})

test.each([
  ['of a kind that is not shown', [{ contentType: 'Story' }], '#/content/0/contentType'],
  ['without what its kind names', [{ contentType: 'Card', quickReply: { text: 'a' } }], '#/content/0'],
  ['with a field that is not known', [{ contentType: 'QuickReply', quickReply: { text: 'a', colour: 'red' } }], '#/content/0/quickReply/colour'],
  ['with a link that leads nowhere', [{ contentType: 'Card', card: { title: 'a', actions: [{ type: 'Link', text: 'b' }] } }], '#/content/0/card/actions/0'],
  ['with a script for an address', [{ contentType: 'Card', card: { title: 'a', image: 'javascript:alert(1)' } }], '#/content/0/card/image'],
  ['with a time that is none', [{ contentType: 'DatePicker', datePicker: { title: 'a', availableTimes: [{ dateTime: 'noon', duration: 60 }] } }], '#/content/0/datePicker/availableTimes/0/dateTime'],
  ['too long for a frame', Array.from({ length: 20 }, () => ({ contentType: 'QuickReply', quickReply: { text: 'a'.repeat(200), payload: 'b'.repeat(200) } })), '#/content'],
])('structured content %s is refused, and the refusal points at it', async (_, content, pointer) => {
  await using api = await createApiWorld()

  const { status, body } = await send(api, { content })

  expect(status).toBe(400)
  expect(body['errors']).toMatchObject([{ pointer }])
})

test('a conversation shows what the guest’s page said about the visit, apart from what the business knows of the person', async () => {
  await using api = await createApiWorld()
  const token = api.secrets.generateToken()
  const configured = await api.useCases.configureGuest({ deploymentId: api.deploymentId, token, startNew: false })
  if (!configured.ok) throw new Error('a guest may come')
  const { contact, session } = configured.value
  await api.useCases.writeAsGuest({ contactId: contact.id, sessionId: session.id, saying: { text: 'Hello' }, customAttributes: { tier: 'gold' } })

  const { body } = await api.call(`GET ${messaging}?contactId=${contact.id}`)
  const [conversation] = body['entities']

  expect(conversation.customAttributes).toEqual({ tier: 'gold' })
  expect((await api.call(`GET /api/v2/contacts/${contact.id}`)).body['attributes']).toEqual({})
})
