import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import type { Wire } from '../../wire.ts'

const Text = Type.String({ minLength: 1, maxLength: 2000 })
const maxAge = Type.Optional(Type.Integer({ minimum: 0, description: 'The provider must have asked for credentials within these seconds.' }))
const iss = Type.Optional(Type.String({ maxLength: 2000, description: 'The provider that answered; refused when it is not the deployment’s.' }))

const code = Type.Object({ code: Text, redirectUri: Text, codeVerifier: Type.Optional(Text), nonce: Type.Optional(Text), maxAge, iss })
const idToken = Type.Object({ idToken: Type.String({ minLength: 1, maxLength: 20_000 }), nonce: Text, maxAge, iss })

/** What a guest brings from the OpenID provider (guest protocol 4.9). Unknown fields pass, as the protocol demands. */
export const SignInRequest = Type.Object({ deploymentId: Id, oauth: Type.Union([code, idToken]), journeyContext: Type.Optional(Type.Unknown()) }, { title: 'SignInRequest' })
export type SignInRequest = Wire<typeof SignInRequest>

/** What signs a guest in on the socket, and what gets the next one. */
export const SignedInGuest = Type.Object({ jwt: Type.String(), refreshToken: Type.Optional(Type.String()) }, { title: 'SignedInGuest' })
export type SignedInGuest = Wire<typeof SignedInGuest>
