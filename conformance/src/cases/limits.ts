import { section } from '../run/case.ts'
import { aCount, aText, expectShape, expectThat } from '../run/expect.ts'
import { NotApplicable } from '../run/verdict.ts'
import { isClass } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { at, listAt } from '../wire/json.ts'

const bytesOfText = 4096
const bytesOfAttributes = 2048

const tooLong = { type: 'response', class: 'string', code: 4011, body: aText }
const attributes = (bytes: number): Readonly<Record<string, unknown>> => ({ channel: { metadata: { customAttributes: { key: 'v'.repeat(bytes - 3) } } } })

/** More at once than five a second allow. */
async function flood(guest: Guest): Promise<readonly unknown[]> {
  return Promise.all(Array.from({ length: 15 }, (_, index) => guest.say(`flood ${index}`)))
}

export const limits = [
  ...section('1.6', {
    'a text of 4096 bytes is taken': async ({ enter }) => {
      expectShape('the acknowledgement', await (await enter()).say('t'.repeat(bytesOfText)), { class: 'StructuredMessage' })
    },
    'a text of 4097 bytes is refused with 4011, and the socket stays': async ({ enter }) => {
      const guest = await enter()
      expectShape('the refusal', await guest.say('t'.repeat(bytesOfText + 1)), tooLong)
      expectShape('the next acknowledgement', await guest.say('shorter'), { class: 'StructuredMessage' })
    },
    'a text is measured in bytes, not in characters': async ({ enter }) => {
      const guest = await enter()
      expectShape('the acknowledgement of 4095 bytes', await guest.say('€'.repeat(1365)), { class: 'StructuredMessage' })
      expectShape('the refusal of 4098 bytes', await guest.say('€'.repeat(1366)), tooLong)
    },
    'custom attributes of 2048 bytes, keys and values, are taken': async ({ enter }) => {
      expectShape('the acknowledgement', await (await enter()).say('all that fits', attributes(bytesOfAttributes)), { class: 'StructuredMessage' })
    },
    'custom attributes of more are refused with 4013': async ({ enter }) => {
      const guest = await enter()
      expectShape('the refusal', await guest.say('too much', attributes(bytesOfAttributes + 1)), { type: 'response', class: 'string', code: 4013, body: aText })
    },
  }),
  ...section('6.19', {
    'who writes faster than five a second is told 429 with how long to wait': async ({ enter }) => {
      const refusal = (await flood(await enter())).find((answer) => at(answer, 'code') === 429)
      const body = { retryAfter: aCount, errorCode: 4029, errorMessage: aText, name: aText, message: aText }
      expectShape('one of fifteen answers', refusal, { type: 'response', class: 'TooManyRequestsErrorMessage', code: 429, tracingId: aText, body })
    },
    'five in one second are taken': async ({ enter }) => {
      const guest = await enter()
      const answers = await Promise.all(['1', '2', '3', '4', '5'].map((text) => guest.say(text)))
      expectThat('five acknowledgements', answers.every(isClass('StructuredMessage')), answers.map((answer) => answer['class']))
    },
    'what was refused was not taken': async ({ enter, historyOf }) => {
      const guest = await enter()
      const taken = (await flood(guest)).filter((answer) => at(answer, 'class') === 'StructuredMessage')
      const kept = await historyOf(guest, 'pageNumber=1&pageSize=100')
      const texts = listAt(kept, 'entities').filter((entity) => String(at(entity, 'text')).startsWith('flood'))
      expectThat('as many in history as were acknowledged', texts.length === taken.length, { acknowledged: taken.length, kept: texts.length })
    },
    'after the wait the guest writes again on the same socket': async ({ enter, eventually }) => {
      const guest = await enter()
      await flood(guest)
      await eventually('a message to be taken again', async () => (await guest.say('patient'))['class'] === 'StructuredMessage')
    },
    'one guest’s haste is not another’s': async ({ enter }) => {
      const [hasty, calm] = [await enter(), await enter()]
      await flood(hasty)
      expectShape('the acknowledgement', await calm.say('no hurry'), { class: 'StructuredMessage' })
    },
  }),
  ...section('1.6', {
    'a connection has about sixty requests a minute; more are answered 429, and the socket stays': async ({ enter, deploymentId }) => {
      const guest = await enter()
      const answers = await Promise.all(Array.from({ length: 90 }, () => guest.ask({ action: 'getConfiguration', deploymentId })))
      const refused = answers.filter((answer) => answer['code'] === 429)
      if (refused.length === 0) throw new NotApplicable('ninety requests in a moment are no trouble here; the limit is the vendor’s, and a server may be more generous')
      expectThat('at least fifty of ninety answered', answers.length - refused.length >= 50, refused.length)
      expectShape('a refusal', refused[0], { class: 'TooManyRequestsErrorMessage', body: { errorCode: 4029, retryAfter: aCount } })
    },
    'histories read too often are answered 429': async ({ enter, http, jwtOf }) => {
      const headers = { authorization: `bearer ${await jwtOf(await enter())}` }
      const statuses: number[] = []
      while (statuses.length < 15) statuses.push((await http('/api/v2/webmessaging/messages', { headers })).status)
      if (statuses.every((status) => status === 200)) throw new NotApplicable('fifteen reads in a moment are no trouble here; the limit is the vendor’s, and a server may be more generous')
      expectThat('200 at first and 429 later', statuses[0] === 200 && statuses.every((status) => status === 200 || status === 429), statuses)
    },
  }),
]
