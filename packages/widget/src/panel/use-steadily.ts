import { systemGuestSurroundings } from '@beckon/client'
import { useEffect, useState } from 'preact/hooks'

/** True once `holds` has been true for `delayMs` without a break: short hiccups are not worth a word. */
export function useSteadily(holds: boolean, delayMs: number): boolean {
  const [isSteady, setSteady] = useState(false)
  useEffect(() => {
    setSteady(false)
    return holds ? systemGuestSurroundings.schedule(delayMs, () => setSteady(true)) : undefined
  }, [holds, delayMs])
  return holds && isSteady
}
