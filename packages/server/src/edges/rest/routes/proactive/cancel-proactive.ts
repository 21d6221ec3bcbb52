import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function cancelProactive({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'cancel-proactive'> {
  return async ({ params: { proactiveId } }) => {
    const cancelled = await useCases.cancelProactive({ id: toId(proactiveId) })
    return cancelled.ok ? { status: 200, body: renderProactive(cancelled.value) } : cancelled
  }
}
