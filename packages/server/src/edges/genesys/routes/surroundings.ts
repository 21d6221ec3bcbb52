import { notFound, toId } from '@beckon/core'
import { invalidRequestDraft } from '../../shared/http-refused.ts'
import { readPage, writePageCursor } from '../../shared/page-cursor.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysHandler } from '../genesys-handler.ts'
import { refused } from '../refusing/refused.ts'
import { renderWebDeployment } from '../render/web-deployment.ts'

const defaultPageSize = 300

export function listWebDeployments({ reader }: Pick<GenesysDeps, 'reader'>): GenesysHandler<'genesys-get-webdeployments-deployments'> {
  return async ({ path, query: { pageSize = defaultPageSize, after } }) => {
    const asked = readPage(path, { size: pageSize, cursor: after, field: 'after' })
    if (!asked.ok) return refused(asked)
    const page = await reader.deployments(asked.value)
    const next = page.next === undefined ? {} : { nextUri: `${path}?${new URLSearchParams({ pageSize: String(pageSize), after: writePageCursor(path, page.next) }).toString()}` }
    return { status: 200, body: { entities: page.entities.map(renderWebDeployment), pageSize, ...next } }
  }
}

export function getWebDeployment({ reader }: Pick<GenesysDeps, 'reader'>): GenesysHandler<'genesys-get-webdeployments-deployment'> {
  return async ({ params: { deploymentId } }) => {
    const deployment = await reader.deployment(toId(deploymentId))
    return deployment ? { status: 200, body: renderWebDeployment(deployment) } : refused(notFound('deployment', deploymentId))
  }
}

export function deleteToken({ useCases, reader, bus }: Pick<GenesysDeps, 'useCases' | 'reader' | 'bus'>): GenesysHandler<'genesys-delete-tokens-me'> {
  return async ({ principal, request }) => {
    if (principal.kind === 'agent') return { ok: false, draft: deskSignsOut }
    const client = await reader.oauthClient(toId(principal.id))
    // A client that was deleted a moment ago took its tokens along.
    if (client) await useCases.revokeToken({ client, secret: request.headers.authorization?.replace(/^\S+\s+/, '').trim() ?? '' })
    bus.publish({ kind: 'access-changed' })
    return { status: 200 }
  }
}

const deskSignsOut = {
  ...invalidRequestDraft([{ pointer: 'Authorization', detail: 'holds no token to revoke: this is a desk sign-in' }]),
  actions: [{ method: 'POST', href: '/api/v2/agents/logout' }],
}
