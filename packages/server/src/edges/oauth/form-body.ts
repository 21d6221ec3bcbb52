import { isUtf8 } from 'node:buffer'
import { inBody } from '@beckon/protocol'
import { invalidRequest, unfitFaults } from '../shared/http-refused.ts'

/** A form's fields. One that is given twice is a fault of the request (RFC 6749, section 3.2). */
export function parseFormBody(bytes: Buffer): Readonly<Record<string, string>> {
  if (!isUtf8(bytes)) throw invalidRequest([{ pointer: '#', detail: 'is not valid UTF-8' }])
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) {
    if (Object.hasOwn(fields, name)) throw invalidRequest([{ pointer: `#/${name}`, detail: 'is given twice' }])
    Object.defineProperty(fields, name, { value, enumerable: true })
  }
  const unfit = unfitFaults(fields, inBody)
  if (unfit.length > 0) throw invalidRequest(unfit)
  return fields
}
