import { Type } from 'typebox'
import { eventTypes } from '../../events.ts'
import { Id } from '../../scalars/identifier.ts'
import { Cursor } from '../../shapes/page.ts'

const type = `(${eventTypes.map((name) => name.replace('.', '\\.')).join('|')})`

/** Which events, and from where on. */
export const eventFilters = {
  after: Type.Optional(Type.String({ ...Cursor, description: 'A cursor, or `latest`.' })),
  types: Type.Optional(Type.String({ pattern: `^${type}(,${type})*$`, maxLength: 1000, description: 'Event types, separated by commas.' })),
  conversationId: Type.Optional(Id),
  contactId: Type.Optional(Id),
}
