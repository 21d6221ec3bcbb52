import { HttpRefused } from '../shared/http-refused.ts'

/** The address belongs to a site of ours, and there is nothing there. */
export function nothingAt(url: string): HttpRefused {
  return new HttpRefused({ code: 'not_found', detail: `There is no ${url.replace(/[?#].*$/, '')} here. The documentation begins at /docs.` })
}
