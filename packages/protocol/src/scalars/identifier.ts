import { Type } from 'typebox'

/** An id: UUIDv7 text made by the server. Any text is an address; one that leads nowhere is `not_found`, never `invalid_request`. */
export const Id = Type.String({ minLength: 1, maxLength: 64 })

/** A caller's own id (CRM, ticket, agent), compared exactly. */
export const ExternalId = Type.String({ minLength: 1, maxLength: 200 })
