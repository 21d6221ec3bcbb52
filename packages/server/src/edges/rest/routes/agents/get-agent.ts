import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { unknown } from '../../read/living.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getAgent({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-agent'> {
  return async ({ params: { agentId } }) => {
    const agent = await reader.agent(toId(agentId))
    return agent ? { status: 200, body: renderAgent(agent), etag: entityTag(agent.version) } : unknown('agent', agentId)
  }
}
