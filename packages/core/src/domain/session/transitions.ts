/** Why a session ended. */
export type EndReason =
  | 'expired' | 'ended_by_guest' | 'ended_by_agent' | 'ended_by_backend' | 'cleared' | 'signed_in' | 'signed_out' | 'revoked' | 'replaced' | 'erased'

export interface SessionTransition {
  readonly from: 'active' | 'expired' | 'ended'
  readonly on: string
  readonly to: 'active' | 'expired' | 'ended'
  /** Whether the browser's token leads to the same contact again. */
  readonly tokenAfterwards: 'works' | 'renews' | 'severed'
}

/** The session's life. `docs/domain.md` draws its diagram from these rows. */
export const sessionTransitions: readonly SessionTransition[] = [
  { from: 'active', on: 'activity', to: 'active', tokenAfterwards: 'works' },
  { from: 'active', on: 'expired', to: 'expired', tokenAfterwards: 'renews' },
  { from: 'active', on: 'ended_by_guest', to: 'ended', tokenAfterwards: 'renews' },
  { from: 'active', on: 'ended_by_agent', to: 'ended', tokenAfterwards: 'renews' },
  { from: 'active', on: 'ended_by_backend', to: 'ended', tokenAfterwards: 'renews' },
  { from: 'active', on: 'replaced', to: 'ended', tokenAfterwards: 'renews' },
  { from: 'active', on: 'cleared', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'active', on: 'signed_in', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'active', on: 'signed_out', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'active', on: 'revoked', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'active', on: 'erased', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'expired', on: 'revoked', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'expired', on: 'erased', to: 'ended', tokenAfterwards: 'severed' },
  { from: 'ended', on: 'revoked', to: 'ended', tokenAfterwards: 'severed' },
]

/** Does an end for this reason cut the browser off from the contact for good? */
export function severs(reason: EndReason): boolean {
  return sessionTransitions.some((row) => row.on === reason && row.tokenAfterwards === 'severed')
}
