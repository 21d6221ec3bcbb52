import type { ReactNode } from 'react'
import type { PlanLine } from './use-plan.ts'

/** What would happen, spoken when it changes. */
export function Plan({ id, plan }: { readonly id: string; readonly plan: PlanLine | undefined }): ReactNode {
  return <p id={id} className={`plan${plan?.isRefusal === true ? ' refusal' : ''}`} aria-live="polite">{plan?.words ?? ''}</p>
}

export function SendButton({ isOff, isLater }: { readonly isOff: boolean; readonly isLater: boolean }): ReactNode {
  return (
    <button type="submit" className="primary" disabled={isOff}>
      {isLater ? 'Schedule' : 'Send'} <kbd aria-hidden="true">Ctrl ↵</kbd>
    </button>
  )
}
