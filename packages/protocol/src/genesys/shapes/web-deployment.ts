import { Type } from 'typebox'
import { Instant } from '../../scalars/instant.ts'
import type { Wire } from '../../wire.ts'

/** A deployment in the market leader's shape; its settings are read and changed under `/api/v2/deployments`. */
export const GenesysWebDeployment = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    allowAllDomains: Type.Boolean(),
    allowedDomains: Type.Array(Type.String()),
    status: Type.Enum(['Active', 'Inactive']),
    dateCreated: Instant,
    dateModified: Instant,
    configuration: Type.Object({ id: Type.String(), version: Type.String() }),
    selfUri: Type.String(),
  },
  { title: 'GenesysWebDeployment' },
)
export type GenesysWebDeployment = Wire<typeof GenesysWebDeployment>
