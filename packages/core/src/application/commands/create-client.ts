import type { OAuthClient } from '../../domain/access/client.ts'
import { refuseBeyond, type Granter } from '../../domain/access/grant.ts'
import type { Scope } from '../../domain/access/scope.ts'
import type { ClientId } from '../../domain/ids.ts'
import { minutes, type Duration } from '../../domain/instant.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'

export interface ClientDetails {
  readonly name?: string
  readonly scopes?: readonly Scope[]
  readonly tokenLifetime?: Duration
}

export interface CreateClient {
  readonly details: ClientDetails
  readonly granter?: Granter
  /** Only the bootstrap names its own; the client's scopes and secret then follow the settings at each start. */
  readonly id?: ClientId
  readonly secret?: string
}

/** The client with its secret, which is shown this once. */
export interface ClientWithSecret {
  readonly client: OAuthClient
  readonly secret: string
}

const defaultTokenLifetime = minutes(60)

/** Refuses with `scope_not_held`. */
export function createCreateClient(deps: SessionDeps) {
  return async (command: CreateClient): Promise<Result<ClientWithSecret>> => {
    const beyond = refuseBeyond(command.granter, command.details.scopes ?? [])
    if (beyond) return beyond
    const id = command.id ?? deps.ids.next<'client'>()
    const secret = command.secret ?? deps.secrets.generate('bks')
    return deps.store.transact<Result<ClientWithSecret>>({
      need: { oauthClientId: id },
      decide: ({ oauthClient: known }) => {
        const now = deps.clock.now()
        const { details } = command
        const client: OAuthClient = {
          id,
          name: details.name ?? 'Client',
          secretHash: deps.secrets.hash(secret),
          scopes: details.scopes ?? [],
          tokenLifetime: details.tokenLifetime ?? defaultTokenLifetime,
          createdAt: known?.createdAt ?? now,
          updatedAt: now,
          version: (known?.version ?? 0) + 1,
        }
        return { result: ok({ client, secret }), changes: [{ kind: 'put-client', client }] }
      },
    })
  }
}
