import type { SendMessage } from '../../application/commands/send-message.ts'
import type { AfterExpiry, GuestWritesAfterClose } from '../../domain/deployment/deployment.ts'
import type { EndReason } from '../../domain/session/transitions.ts'
import type { SendPolicy } from '../../domain/sending/policy.ts'

/**
 * One thing that may happen. Numbers stand for whatever there is at that moment: the n-th message, the n-th conversation.
 * Times in policies are minutes from now.
 */
export type Step =
  | { readonly do: 'guestWrites'; readonly clientId?: string }
  | { readonly do: 'guestArrives'; readonly startNew: boolean }
  | { readonly do: 'guestJoins' }
  | { readonly do: 'guestAcknowledges'; readonly delivered: number; readonly seen: number }
  | { readonly do: 'guestClears' }
  | { readonly do: 'guestComes' }
  | { readonly do: 'guestGoes' }
  | { readonly do: 'businessSends'; readonly policy: StepPolicy; readonly proactive: boolean; readonly key?: string }
  | { readonly do: 'businessCloses'; readonly which: number }
  | { readonly do: 'businessReopens'; readonly which: number }
  | { readonly do: 'businessCancels'; readonly which: number }
  | { readonly do: 'businessReschedules'; readonly which: number; readonly sendIn: number; readonly expiresIn?: number }
  | { readonly do: 'businessEndsSession'; readonly reason: Extract<EndReason, 'ended_by_backend' | 'revoked'> }
  | { readonly do: 'businessErases' }
  | { readonly do: 'contactOptsOut'; readonly out: boolean }
  | { readonly do: 'deploymentChanges'; readonly guestWritesAfterClose: GuestWritesAfterClose; readonly afterExpiry: AfterExpiry }
  | { readonly do: 'workerKeepsWhatItClaimed' }
  /** Time passes, then the worker claims what is due, and is late in keeping it. */
  | { readonly do: 'workerIsLate'; readonly minutes: number }
  | { readonly do: 'timePasses'; readonly minutes: number }

export interface StepPolicy extends Omit<SendPolicy, 'sendAt' | 'expiresAt' | 'routes'> {
  readonly sendIn?: number
  readonly expiresIn?: number
}

export type StepOf<D extends Step['do']> = Extract<Step, { readonly do: D }>

/** The address and the words are the same for every send of a history. */
export type PlainSend = Pick<SendMessage, 'policy' | 'proactive' | 'idempotency' | 'dryRun'>
