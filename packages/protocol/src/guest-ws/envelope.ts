import { Type } from 'typebox'

/** The browser's secret. Its strength is judged by the server, not by its shape here. */
export const Token = Type.String({ minLength: 1, maxLength: 200 })

/** Comes back on the frame that answers. */
export const TracingId = Type.String({ maxLength: 200 })

/** A deployment's id, as in the snippet. */
export const DeploymentReference = Type.String({ minLength: 1, maxLength: 64 })
