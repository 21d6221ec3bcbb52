import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findContact } from '../../read/living.ts'
import { renderContact } from '../../render/contact.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getContact({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-contact'> {
  return async ({ params: { contactId } }) => {
    const contact = await findContact(reader, contactId)
    return contact.ok ? { status: 200, body: renderContact(contact.value), etag: entityTag(contact.value.version) } : contact
  }
}
