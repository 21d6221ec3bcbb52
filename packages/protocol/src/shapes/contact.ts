import { Type } from 'typebox'
import { ExternalId, Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import { Metadata } from '../scalars/metadata.ts'
import { Name } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'
import { Purpose } from './policy.ts'

const details = {
  externalId: Type.Optional(ExternalId),
  name: Type.Optional(Name),
  email: Type.Optional(Type.String({ format: 'email', maxLength: 320 })),
  phone: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  locale: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$', maxLength: 35 })),
  timeZone: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$', maxLength: 64, description: 'IANA name, such as Europe/Paris.' })),
}

/** What a business may say about a person. On an update, what is left out stays. */
export const ContactDetails = Type.Object(
  { ...details, attributes: Type.Optional(Metadata), optedOut: Type.Optional(Type.Array(Purpose, { maxItems: 2, uniqueItems: true })) },
  { additionalProperties: false, title: 'ContactDetails' },
)
export type ContactDetails = Wire<typeof ContactDetails>

/** One person. */
export const Contact = Type.Object(
  {
    id: Id,
    deploymentId: Id,
    externalId: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    locale: Type.Optional(Type.String()),
    timeZone: Type.Optional(Type.String()),
    attributes: Metadata,
    optedOut: Type.Array(Purpose),
    identity: Type.Optional(
      Type.Object({ issuer: Type.String(), subject: Type.String(), since: Instant }, { description: 'Who they proved to be, by the deployment’s OpenID provider.' }),
    ),
    mergedInto: Type.Optional(Type.String({ description: 'They proved to be this other contact, who has everything that was theirs.' })),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { title: 'Contact' },
)
export type Contact = Wire<typeof Contact>
