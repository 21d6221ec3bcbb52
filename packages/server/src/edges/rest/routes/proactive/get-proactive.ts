import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findContact, unknown } from '../../read/living.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getProactive({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-proactive'> {
  return async ({ params: { proactiveId } }) => {
    const message = await reader.proactive(toId(proactiveId))
    if (!message) return unknown('proactive message', proactiveId)
    const contact = await findContact(reader, message.contactId)
    return contact.ok ? { status: 200, body: renderProactive(message) } : contact
  }
}
