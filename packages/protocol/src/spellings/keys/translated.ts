import type { SpelledCall, Translation } from '../spelling.ts'
import { isFromContact, readAddresses } from './addresses.ts'
import type { BodyReader } from './body-reader.ts'
import { createBodyReader } from './body-reader.ts'
import { onlySaid } from './only-said.ts'
import { readSendBody } from './send-keys.ts'

/** A translation whose body is read by its keys; what the reader noticed refuses it. */
export function translated(call: SpelledCall, params: Readonly<Record<string, string>>, read: (body: BodyReader) => Readonly<Record<string, unknown>>): Translation {
  const reader = createBodyReader(call.body)
  const body = read(reader)
  return reader.faults.length > 0 ? { ok: false, faults: reader.faults } : { ok: true, params, body: onlySaid(body), written: reader.written }
}

/** A send whose address is in the body. The one named is what a body without any is told to be missing. */
export function sendToAddress(call: SpelledCall, wanted: string): Translation {
  return translated(call, {}, (body) => {
    const addresses = onlySaid(readAddresses(body))
    if (Object.keys(addresses).length === 0) body.refuse(isFromContact(body) ? 'from/id' : wanted, 'is missing')
    return { ...addresses, ...readSendBody(body) }
  })
}

/** A parameter of the path. The row's own schema says that it is there. */
export function param({ params }: SpelledCall, name: string): string {
  return params[name] ?? ''
}
