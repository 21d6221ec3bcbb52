import type { Handler } from '../../shared/operation/operation-call.ts'
import { timeOf } from '../../shared/time-text.ts'

export function getMyToken(): Handler<'get-my-token'> {
  return ({ principal: { kind, id, name, scopes, issuedAt, expiresAt } }) =>
    Promise.resolve({
      status: 200,
      body: { kind, id, name, scopes, ...(issuedAt === undefined ? {} : { issuedAt: timeOf(issuedAt) }), expiresAt: timeOf(expiresAt) },
    })
}
