import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Contact, ContactDetails } from '../../shapes/contact.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** `deploymentId` may be left out while there is only one. */
export const createContact = defineOperation({
  operationId: 'create-contact',
  method: 'POST',
  path: '/api/v2/contacts',
  summary: 'Create a contact',
  tags: ['Contacts'],
  auth: 'bearer',
  scopes: ['contacts:write'],
  body: Type.Object({ deploymentId: Type.Optional(Id), ...ContactDetails.properties }, { additionalProperties: false }),
  responses: { 201: Contact },
  idempotent: true,
  etag: true,
  refusals: ['not_found', 'already_exists'],
  examples: [
    {
      summary: 'From a CRM',
      body: { deploymentId: id.deployment, externalId: 'crm-4711', name: 'Ada', locale: 'nl-NL', timeZone: 'Europe/Amsterdam', attributes: { tier: 'gold' } },
      status: 201,
      answer: sample.contact,
    },
  ],
})
