import { Type } from 'typebox'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { Contact } from '../../shapes/contact.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** All filters must match. */
export const listContacts = defineOperation({
  operationId: 'list-contacts',
  method: 'GET',
  path: '/api/v2/contacts',
  summary: 'List and find contacts',
  tags: ['Contacts'],
  auth: 'bearer',
  scopes: ['contacts:read'],
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Searches name, external id and e-mail.' })),
      externalId: Type.Optional(ExternalId),
      email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
      deploymentId: Type.Optional(Id),
      ...pageQuery,
    },
    { additionalProperties: false },
  ),
  responses: { 200: pageOf(Contact) },
  idempotent: false,
  examples: [
    { summary: 'By the id of a CRM', query: { externalId: 'crm-4711' }, status: 200, answer: { entities: [sample.contact], pageSize: 25 } },
  ],
})
