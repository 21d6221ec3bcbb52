import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Contact } from '../../shapes/contact.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** One person. */
export const getContact = defineOperation({
  operationId: 'get-contact',
  method: 'GET',
  path: '/api/v2/contacts/{contactId}',
  summary: 'Get a contact',
  tags: ['Contacts'],
  auth: 'bearer',
  scopes: ['contacts:read'],
  params: Type.Object({ contactId: Id }),
  responses: { 200: Contact },
  idempotent: false,
  etag: true,
  refusals: ['erased'],
  examples: [{ summary: 'Ada', params: { contactId: id.contact }, status: 200, answer: sample.contact }],
})
