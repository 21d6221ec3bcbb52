import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Contact, ContactDetails } from '../../shapes/contact.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** What is left out stays; `attributes` and `optedOut` are replaced as a whole. */
export const updateContact = defineOperation({
  operationId: 'update-contact',
  method: 'PATCH',
  path: '/api/v2/contacts/{contactId}',
  summary: 'Change a contact',
  description: 'What is left out stays. `attributes` and `optedOut` are replaced as a whole.',
  tags: ['Contacts'],
  auth: 'bearer',
  scopes: ['contacts:write'],
  params: Type.Object({ contactId: Id }),
  body: ContactDetails,
  responses: { 200: Contact },
  idempotent: true,
  etag: true,
  ifMatch: 'optional',
  refusals: ['erased', 'already_exists'],
  examples: [
    {
      summary: 'No marketing, please',
      params: { contactId: id.contact },
      body: { optedOut: ['marketing'] },
      status: 200,
      answer: { ...sample.contact, optedOut: ['marketing'] },
    },
  ],
})
