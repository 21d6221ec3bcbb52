import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Erasing an erased contact is the same answer. Every other call about them is then `erased`. */
export const eraseContact = defineOperation({
  operationId: 'erase-contact',
  method: 'DELETE',
  path: '/api/v2/contacts/{contactId}',
  summary: 'Erase a contact and all their conversations',
  description: 'Cannot be undone. Sessions end, waiting messages are cancelled, every id of theirs answers 410 from then on.',
  tags: ['Contacts'],
  auth: 'bearer',
  scopes: ['contacts:erase'],
  params: Type.Object({ contactId: Id }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Forget Ada', params: { contactId: id.contact }, status: 204 }],
})
