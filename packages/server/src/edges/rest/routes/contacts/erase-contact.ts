import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function eraseContact({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'erase-contact'> {
  return async ({ params: { contactId } }) => {
    const erased = await useCases.eraseContact({ contactId: toId(contactId) })
    return erased.ok ? { status: 204, body: undefined } : erased
  }
}
