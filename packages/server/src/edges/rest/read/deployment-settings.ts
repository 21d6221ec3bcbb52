import { days, milliseconds, ok, parseDuration, refuse, shortestSession, type Duration, type GivenDeploymentSettings as CoreSettings, type Fault, type Result } from '@beckon/core'
import type { DeploymentSettings } from '@beckon/protocol'

const longest = days(3650)
const shortest = { sessionDuration: shortestSession, reopenWithin: milliseconds(0), idleCloseAfter: shortestSession } as const

/** The settings with their lengths of time measured. */
export function readDeploymentSettings(settings: DeploymentSettings): Result<CoreSettings> {
  const { sessionDuration, reopenWithin, idleCloseAfter, ...rest } = settings
  const given = Object.entries({ sessionDuration, reopenWithin, idleCloseAfter }).filter((pair): pair is [keyof typeof shortest, string] => pair[1] !== undefined)
  const measured: Partial<Record<keyof typeof shortest, Duration>> = {}
  const faults: Fault[] = []
  for (const [name, text] of given) {
    const duration = parseDuration(text)
    if (duration === undefined || duration > longest) faults.push({ pointer: `#/${name}`, detail: 'must be an ISO 8601 duration of at most ten years, such as P7D' })
    else if (duration < shortest[name]) faults.push({ pointer: `#/${name}`, detail: 'must be at least a second' })
    else measured[name] = duration
  }
  return faults.length > 0 ? refuse({ code: 'invalid_request', faults }) : ok({ ...rest, ...measured })
}
