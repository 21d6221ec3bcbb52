import type { Deployment } from '@beckon/core'
import type { GenesysWebDeployment } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

/** Its configuration is a part of the deployment here: it has the same id, and its version counts the changes. */
export function renderWebDeployment({ id, name, status, allowedDomains, createdAt, updatedAt, version }: Deployment): GenesysWebDeployment {
  const allowAllDomains = allowedDomains.includes('*')
  return {
    id, name, allowAllDomains,
    allowedDomains: allowAllDomains ? [] : allowedDomains,
    status: status === 'active' ? 'Active' : 'Inactive',
    dateCreated: timeOf(createdAt),
    dateModified: timeOf(updatedAt),
    configuration: { id, version: String(version) },
    selfUri: `/api/v2/webdeployments/deployments/${id}`,
  }
}
