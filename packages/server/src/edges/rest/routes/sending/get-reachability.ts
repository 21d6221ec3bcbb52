import { isReachableNow, toId, type Plan, type Refusal } from '@beckon/core'
import type { Reachability } from '@beckon/protocol'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { problemOf } from '../../../shared/problem/refusal-problem.ts'
import { timeOf } from '../../../shared/time-text.ts'
import { renderDelivery } from '../../render/delivery.ts'
import { renderFound } from '../../render/send-outcome.ts'
import type { RestDeps } from '../../rest-deps.ts'

/** A send's own refusal is the answer here; only an address that leads nowhere is a refusal of this call. */
export function getReachability({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'get-reachability'> {
  return async ({ params: { contactId }, query, path }) => {
    const planned = await useCases.getReachability({ contactId: toId(contactId), policy: query })
    if (planned.ok) return { status: 200, body: renderPlan(contactId, planned.value) }
    const { refusal } = planned
    return refusal.code === 'not_found' || refusal.code === 'erased' ? planned : { status: 200, body: renderNo(contactId, refusal, path) }
  }
}

function renderPlan(contactId: string, { found, does, deliveries, defer }: Plan): Reachability {
  return {
    contactId,
    reachableNow: isReachableNow(deliveries),
    found: renderFound(found),
    would: does,
    deliveries: deliveries.map(renderDelivery),
    ...(defer === undefined ? {} : { deferUntil: timeOf(defer.until) }),
  }
}

function renderNo(contactId: string, refusal: Refusal, path: string): Reachability {
  const { code, detail } = problemOf(refusal, { method: 'GET', path, body: undefined, scope: undefined })
  return { contactId, reachableNow: false, deliveries: [], refusal: { code, detail } }
}
