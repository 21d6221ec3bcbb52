import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readMoment } from '../../read/moment.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function rescheduleProactive({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'reschedule-proactive'> {
  return async ({ params, body, idempotency }) => {
    const sendAt = readMoment(body.sendAt, '#/sendAt')
    if (!sendAt.ok) return sendAt
    const expiresAt = readMoment(body.expiresAt, '#/expiresAt')
    if (!expiresAt.ok) return expiresAt
    const moved = await useCases.rescheduleProactive({
      id: toId(params.proactiveId),
      ...(sendAt.value === undefined ? {} : { sendAt: sendAt.value }),
      ...(expiresAt.value === undefined ? {} : { expiresAt: expiresAt.value }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    return moved.ok ? { status: 200, body: renderProactive(moved.value), replayed: moved.replayed } : moved
  }
}
