import type { ContactDetails } from '../domain/contact/contact.ts'
import type { ContactId } from '../domain/ids.ts'
import { refuse, type Result } from '../domain/result.ts'
import type { Found, Need } from '../ports/store.ts'

/** Whether somebody has this external id must be seen before it is given. */
export function externalIdNeed({ externalId }: ContactDetails): Need {
  return externalId === undefined ? {} : { externalId }
}

/** The refusal when somebody else has it. */
export function externalIdTaken({ contactWithExternalId: holder }: Found, wantedBy?: ContactId): Result<never> | undefined {
  if (!holder || holder.id === wantedBy) return undefined
  return refuse({ code: 'already_exists', noun: 'contact', key: holder.externalId ?? '' })
}
