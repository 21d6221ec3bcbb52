import { seconds, type ClientDetails } from '@beckon/core'
import type { ClientChanges } from '@beckon/protocol'

export function readClientDetails({ tokenLifetimeSeconds, ...rest }: ClientChanges): ClientDetails {
  return { ...rest, ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetime: seconds(tokenLifetimeSeconds) }) }
}
