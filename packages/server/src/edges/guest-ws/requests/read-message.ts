import { isAttachmentPart, referencedId, type CustomAttributes, type Saying } from '@beckon/core'
import { ButtonResponse, compileSchema, FormResponse, type GuestCode, guestCodes, guestLimits, type GuestRequestOf, maxTextBytes, type Wire } from '@beckon/protocol'

type OnMessage = GuestRequestOf<'onMessage'>

/** A guest's message as the rules know it. */
export interface ReadMessage {
  readonly saying: Saying
  /** What the guest's page says about the visit. */
  readonly customAttributes: CustomAttributes
}

export interface MessageFault {
  readonly code: GuestCode
  readonly text: string
}

/** So that its copy is a frame that clients with a buffer of 16 KiB can read. */
const mostBytesOfAll = 12_288

export function readMessage(request: OnMessage): ReadMessage | MessageFault {
  const customAttributes = readAttributes(request)
  if ('code' in customAttributes) return customAttributes
  const { message } = request
  const content = readContent(message.content ?? [])
  if ('code' in content) return content
  const saying = {
    // Replies of some clients come with an empty text: what was chosen is what was said (guest-protocol 2.5).
    text: message.text ? message.text : choiceInWords(content.parts),
    ...(content.parts.length > 0 ? { content: content.parts } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
  return sizeFault(saying) ?? { saying, customAttributes: customAttributes.given }
}

/** Clients put them in one of two places (guest-protocol 2.4), and count bytes of keys and values, not of JSON. */
export function readAttributes({ channel, message }: OnMessage): { readonly given: CustomAttributes } | MessageFault {
  const given = { ...channel?.metadata?.customAttributes, ...message.channel?.metadata?.customAttributes }
  const bytes = Object.entries(given).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  if (bytes <= guestLimits.maxCustomDataBytes) return { given }
  return { code: guestCodes.customAttributesTooLarge, text: `Custom Attributes in channel metadata is larger than ${String(guestLimits.maxCustomDataBytes)} bytes` }
}

function sizeFault(saying: Saying): MessageFault | undefined {
  const length = Buffer.byteLength(saying.text)
  if (length > maxTextBytes) return { code: guestCodes.messageTooLong, text: `Message length ${String(length)} is larger than ${String(maxTextBytes)}` }
  const all = Buffer.byteLength(JSON.stringify(saying))
  if (all > mostBytesOfAll) return { code: guestCodes.messageTooLong, text: `Message length ${String(all)} is larger than ${String(mostBytesOfAll)}` }
  if (saying.text.trim() === '' && !saying.content) return { code: guestCodes.missingParameter, text: 'The message is empty: send text or content.' }
  return undefined
}

type Part = OnMessage['message']['content'] extends readonly (infer Item)[] | undefined ? Item : never
type Choice = Wire<typeof ButtonResponse>['buttonResponse']
type Form = Wire<typeof FormResponse>['form']

const buttonResponse = compileSchema(ButtonResponse, (path) => path)
const formResponse = compileSchema(FormResponse, (path) => path)

interface WholeChoice {
  readonly text: string
  readonly payload: string
  readonly type: string
  readonly originatingMessageId?: string
}

interface Answer {
  readonly id: string
  readonly component: { readonly contentType: 'ButtonResponse'; readonly buttonResponse: WholeChoice }
}

type WholePart =
  | { readonly contentType: 'Attachment'; readonly attachment: { readonly id: string } }
  | { readonly contentType: 'ButtonResponse'; readonly buttonResponse: WholeChoice }
  | { readonly contentType: 'Form'; readonly form: Omit<Form, 'response'> & { readonly response: readonly Answer[] } }

/**
 * What guests answer with, in the shape that every client can read again: it comes back to all of their devices. Parts
 * of other kinds are not for guests to send, and are left out.
 */
function readContent(content: readonly Part[]): { readonly parts: readonly WholePart[] } | MessageFault {
  const parts: WholePart[] = []
  for (const part of content) {
    if (isButtonResponse(part)) parts.push({ contentType: 'ButtonResponse', buttonResponse: wholeChoice(part.buttonResponse) })
    else if (isFormResponse(part)) parts.push({ contentType: 'Form', form: wholeForm(part.form) })
    // What the file is called and holds is known here; the guest names it, and nothing else of theirs is believed.
    else if (isAttachmentPart(part)) parts.push({ contentType: 'Attachment', attachment: { id: referencedId(part) ?? '' } })
    else if (part.contentType === 'ButtonResponse' || part.contentType === 'Form') {
      return { code: guestCodes.badRequest, text: `onMessage/message/content ${part.contentType} is not in the form it must have` }
    }
  }
  return { parts }
}

function isButtonResponse(part: Part): part is Wire<typeof ButtonResponse> {
  return buttonResponse.fits(part)
}

function isFormResponse(part: Part): part is Wire<typeof FormResponse> {
  return formResponse.fits(part)
}

function wholeChoice({ text, payload, type, originatingMessageId }: Choice): WholeChoice {
  return { text: text ?? payload ?? '', payload: payload ?? text ?? '', type, ...(originatingMessageId === undefined ? {} : { originatingMessageId }) }
}

function wholeForm({ originatingMessageId, cannedResponseId, response }: Form): Extract<WholePart, { contentType: 'Form' }>['form'] {
  return {
    ...(originatingMessageId === undefined ? {} : { originatingMessageId }),
    ...(cannedResponseId === undefined ? {} : { cannedResponseId }),
    response: response.map(({ id, component }) => ({ id, component: { contentType: 'ButtonResponse', buttonResponse: wholeChoice(component.buttonResponse) } })),
  }
}

/** What was chosen, as the log tells it: `Small, Blue`, and a line such as `name: Ada` for each field of a form. */
function choiceInWords(parts: readonly WholePart[]): string {
  const chosen = parts.flatMap((part) => (part.contentType === 'ButtonResponse' ? [part.buttonResponse.text || part.buttonResponse.payload] : []))
  const fields = parts.flatMap((part) => (part.contentType === 'Form' ? part.form.response : []))
  const lines = fields.map(({ id, component }) => (component.buttonResponse.text === '' ? '' : `${id}: ${component.buttonResponse.text}`))
  return [chosen.filter((text) => text !== '').join(', '), ...lines].filter((line) => line !== '').join('\n')
}
