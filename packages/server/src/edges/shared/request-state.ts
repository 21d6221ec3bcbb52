import type { ProblemDraft } from './http-refused.ts'
import type { Principal } from './principal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined before authentication, and where anyone may ask. */
    principal: Principal | undefined
    /** Set when no body whatever would make the caller's scopes suffice: then no fault of the body is told. */
    lacksEveryScope: ProblemDraft | undefined
  }
}
