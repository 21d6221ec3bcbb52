import type { JSX } from 'preact'
import { usePanel } from '../panel-context.ts'

/** What stands in a thread that has no message yet. */
export function Welcome(): JSX.Element {
  const { look, strings } = usePanel()
  return (
    <div class="welcome">
      <p>{look.greeting ?? strings.greeting}</p>
    </div>
  )
}
