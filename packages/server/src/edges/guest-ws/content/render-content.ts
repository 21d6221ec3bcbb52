import { fieldsOf, listOf, textOf } from '@beckon/protocol'

/** What a `Structured` message must hold one of: native clients drop one with only other parts (guest-protocol 3.4). */
const shownByEveryClient = new Set(['QuickReply', 'ButtonResponse', 'Card', 'Carousel', 'DatePicker'])

export function isStructured(content: readonly unknown[]): boolean {
  return content.some((part) => shownByEveryClient.has(textOf(fieldsOf(part)['contentType']) ?? ''))
}

/** The message that a guest's choice answers: of the first part that names one. */
export function originOf(content: readonly unknown[]): string | undefined {
  for (const part of content.map(fieldsOf)) {
    const origin = [part['buttonResponse'], part['form']].map((answer) => textOf(fieldsOf(answer)['originatingMessageId'])).find((id) => id !== undefined)
    if (origin !== undefined) return origin
  }
  return undefined
}

/** Fills what some client needs to read the frame at all, and what a business need not say (guest-protocol 3.4). */
export function renderContent(content: readonly unknown[]): readonly unknown[] {
  return content.map(fieldsOf).filter(({ contentType }) => textOf(contentType) !== undefined).map((part) => {
    const { contentType, quickReply, card, carousel, datePicker, form, ...rest } = part
    switch (contentType) {
      case 'QuickReply': return { contentType, quickReply: whole(quickReply, (reply) => ({ payload: reply['text'] ?? '', action: 'Message' }), { text: '' }) }
      case 'Card': return { contentType, card: renderCard(card) }
      case 'Carousel': return { contentType, carousel: { cards: listOf(fieldsOf(carousel)['cards']).map(renderCard) } }
      case 'DatePicker': return { contentType, datePicker: { title: '', ...fieldsOf(datePicker) } }
      case 'Form': return { contentType, form: { cannedResponseId: '', ...fieldsOf(form) } }
      default: return { contentType, ...rest }
    }
  })
}

function renderCard(value: unknown): object {
  const card = fieldsOf(value)
  const { actions, defaultAction } = card
  return {
    title: '', description: '', ...card,
    actions: listOf(actions).map(renderAction),
    ...(defaultAction === undefined ? {} : { defaultAction: renderAction(defaultAction) }),
  }
}

function renderAction(value: unknown): object {
  return whole(value, (action) => (action['type'] === 'Link' ? {} : { payload: action['text'] ?? '' }), { type: 'Postback', text: '' })
}

function whole(value: unknown, derived: (fields: Readonly<Record<string, unknown>>) => object, otherwise: object): object {
  const fields = fieldsOf(value)
  return { ...otherwise, ...derived(fields), ...fields }
}
