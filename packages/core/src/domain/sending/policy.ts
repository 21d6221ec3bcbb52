import type { Purpose } from '../contact/contact.ts'
import type { Deployment, WhenClosed, WhenUnreachable } from '../deployment/deployment.ts'
import type { Route } from '../delivery/delivery.ts'
import type { Instant } from '../instant.ts'
import type { Fault } from '../refusal.ts'

export type Unless = 'replied' | 'seen'

/** The caller's wishes for one send; what is left out follows the deployment. */
export interface SendPolicy {
  readonly whenClosed?: WhenClosed
  /** `reject`: not into a conversation that is under way. Unless said, it is appended. */
  readonly whenOpen?: 'append' | 'reject'
  readonly whenUnreachable?: WhenUnreachable
  readonly sendAt?: Instant
  readonly expiresAt?: Instant
  readonly unless?: readonly Unless[]
  /** A newer message with the same key replaces this one while nobody has got it. */
  readonly supersedeKey?: string
  readonly purpose?: Purpose
  readonly routes?: readonly Route[]
}

export type ResolvedPolicy = SendPolicy & Required<Pick<SendPolicy, 'whenClosed' | 'whenUnreachable' | 'purpose'>>

export function resolvePolicy(policy: SendPolicy, deployment: Deployment): ResolvedPolicy {
  return { purpose: 'service', whenClosed: deployment.whenClosed, whenUnreachable: deployment.whenUnreachable, ...policy }
}

/** Contradictions that no schema can see. */
export function policyFaults(policy: SendPolicy, now: Instant): readonly Fault[] {
  const faults: Fault[] = []
  if (policy.expiresAt !== undefined && policy.expiresAt <= now) {
    faults.push({ pointer: '#/policy/expiresAt', detail: 'is in the past: the message would expire before it is sent' })
  }
  if (policy.expiresAt !== undefined && policy.sendAt !== undefined && policy.expiresAt <= policy.sendAt) {
    faults.push({ pointer: '#/policy/expiresAt', detail: 'must be later than sendAt' })
  }
  return faults
}
