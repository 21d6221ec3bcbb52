import { Type } from 'typebox'
import { createSession } from '../../rest/sessions/create-session.ts'
import { id, sample } from '../../rest/sample.ts'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { ContactDetails } from '../../shapes/contact.ts'
import { CreatedSession } from '../../shapes/session.ts'
import type { BodyReader } from '../keys/body-reader.ts'
import { inBothCasings } from '../keys/both-casings.ts'
import { anySaid } from '../keys/only-said.ts'
import { translated } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

const guest = inBothCasings(ContactDetails.properties)

const SessionIds = Type.Object({ webChatSessionId: Id, sessionId: Id }, { description: 'The id once more, where clients that wrap their answers look for it.' })

/** Nothing to wait for: the session may be addressed as soon as this is answered. */
export const createWebchatSession = defineSpelling({
  operationId: 'create-webchat-session',
  canonical: 'create-session',
  story: 'S2',
  method: 'POST',
  path: '/api/v2/conversations/webchat/sessions',
  summary: 'Create a web chat session',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['webchat:session:write', 'admin:conversation:write'],
  body: inBothCasings({ deploymentId: Id, contactId: Id, externalId: ExternalId, guest, contact: guest }),
  responses: { 201: Type.Object({ ...CreatedSession.properties, result: SessionIds }) },
  idempotent: false,
  refusals: createSession.refusals,
  examples: [
    {
      summary: 'For somebody new',
      body: { guest: { name: 'Ada', email: 'ada@example.com' } },
      status: 201,
      answer: {
        ...sample.session, token: '5b1c2f0e-9d42-4a51-8f3a-0c6b1f7d2a11', result: { webChatSessionId: id.session, sessionId: id.session },
      },
    },
  ],
  translate: (call) =>
    translated(call, {}, (body) => ({
      deploymentId: body.read('deploymentId'),
      contactId: body.read('contactId'),
      externalId: body.read('externalId'),
      contact: readGuest(body),
    })),
})

function readGuest(body: BodyReader): unknown {
  return anySaid(Object.fromEntries(Object.keys(ContactDetails.properties).map((name) => [name, body.read(`contact/${name}`, [`guest/${name}`])])))
}
