import type { FastifyInstance } from 'fastify'
import { registerDocs } from './register-docs.ts'
import { registerSite } from './register-site.ts'

export interface WebDeps {
  /** Scheme, host and port, without a slash at the end. */
  readonly publicUrl: string
  readonly version: string
  /** The deployment of the demo page. Without one the page says that there is none. */
  readonly demoDeploymentId?: string
  readonly places: WebPlaces
}

/** Where the browser's files were built. What is missing is answered with 404, so an API-only server needs none of them. */
export interface WebPlaces {
  readonly demo: string
  readonly widget: string
  readonly desk: string
}

/** Everything that a browser loads: the demo page, the widget, the desk, the documentation. */
export function registerWeb(app: FastifyInstance, deps: WebDeps): void {
  registerSite(app, deps)
  registerDocs(app, deps)
}
