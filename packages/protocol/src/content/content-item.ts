import { Type, type TProperties } from 'typebox'
import { utf8Length } from '../scalars/utf8-length.ts'
import type { Wire } from '../wire.ts'

const strict = { additionalProperties: false } as const
const shape = <P extends TProperties>(properties: P) => Type.Object(properties, strict)

const Label = Type.String({ minLength: 1, maxLength: 200 })
const Words = Type.String({ maxLength: 1000 })
const Payload = Type.String({ minLength: 1, maxLength: 1000, description: 'What comes back beside the text; left out: the text.' })
const Key = Type.String({ minLength: 1, maxLength: 100 })
const WebAddress = Type.String({ pattern: '^https?://', maxLength: 2000 })
const Moment = Type.String({ format: 'date-time', maxLength: 40 })

const quickReply = shape({
  text: Label,
  payload: Type.Optional(Payload),
  action: Type.Optional(Type.Literal('Message')),
  image: Type.Optional(WebAddress),
})

const action = Type.Refine(
  shape({
    type: Type.Enum(['Link', 'Postback'], { description: 'Link opens `url`; Postback is said by the guest, with `payload`.' }),
    text: Label,
    url: Type.Optional(WebAddress),
    payload: Type.Optional(Payload),
  }),
  ({ type, url }) => type !== 'Link' || url !== undefined,
  () => 'of type Link needs a url',
)

const card = shape({
  title: Label,
  description: Type.Optional(Words),
  image: Type.Optional(WebAddress),
  actions: Type.Optional(Type.Array(action, { maxItems: 10 })),
  defaultAction: Type.Optional(action),
})

const slot = shape({ dateTime: Moment, duration: Type.Integer({ minimum: 0, maximum: 31_536_000, description: 'Seconds.' }) })

const datePickerFields = {
  title: Label,
  subtitle: Type.Optional(Words),
  imageUrl: Type.Optional(WebAddress),
  dateMinimum: Type.Optional(Moment),
  dateMaximum: Type.Optional(Moment),
}

const banner = shape({
  title: Type.Optional(Label),
  subtitle: Type.Optional(Words),
  imageUrl: Type.Optional(WebAddress),
  header: Type.Optional(Label),
  buttonLabel: Type.Optional(Label),
})

const item = shape({ id: Key, title: Label, subtitle: Type.Optional(Words), imageUrl: Type.Optional(WebAddress) })
const section = shape({ title: Label, multipleSelection: Type.Boolean(), items: Type.Array(item, { minItems: 1, maxItems: 50 }) })
const listFields = { sections: Type.Array(section, { minItems: 1, maxItems: 10 }), receivedMessage: Type.Optional(banner), replyMessage: Type.Optional(banner) }

const input = shape({
  id: Key,
  title: Type.Optional(Label),
  subtitle: Type.Optional(Words),
  placeholderText: Type.Optional(Label),
  isRequired: Type.Boolean(),
  isMultipleLine: Type.Boolean(),
  keyboardType: Type.Optional(Type.String({ maxLength: 40 })),
  autoCompleteType: Type.Optional(Type.String({ maxLength: 40 })),
})

const component = Type.Refine(
  shape({
    formComponentType: Type.Enum(['Input', 'DatePicker', 'ListPicker', 'WheelPicker']),
    input: Type.Optional(input),
    datePicker: Type.Optional(
      shape({ id: Key, ...datePickerFields, dateDisplayFormat: Type.Optional(Type.Enum(['dayMonthYear', 'monthDayYear', 'yearMonthDay'])) }),
    ),
    listPicker: Type.Optional(shape({ id: Key, ...listFields })),
    wheelPicker: Type.Optional(
      shape({ id: Key, items: Type.Array(shape({ id: Key, title: Label, value: Type.Optional(Words) }), { minItems: 1, maxItems: 50 }) }),
    ),
  }),
  (given) => holdsOnly(given, 'formComponentType', given.formComponentType),
  () => 'needs the field that its formComponentType names, and no other',
)

const form = shape({
  cannedResponseId: Type.Optional(Key),
  introduction: Type.Optional(shape({ title: Label, subtitle: Type.Optional(Words), imageUrl: Type.Optional(WebAddress), buttonText: Label })),
  formPages: Type.Array(shape({ title: Label, subtitle: Type.Optional(Words), pageComponents: Type.Array(component, { minItems: 1, maxItems: 10 }) }), { minItems: 1, maxItems: 10 }),
  receivedMessage: Type.Optional(banner),
  replyMessage: Type.Optional(banner),
  showSummary: Type.Optional(Type.Boolean()),
})

/** One structured part of a message that the business sends (guest protocol 3.4): `contentType` names the key that holds the rest. */
export const ContentItem = Type.Refine(
  Type.Object(
    {
      contentType: Type.Enum(['Attachment', 'QuickReply', 'Card', 'Carousel', 'DatePicker', 'ListPicker', 'Form']),
      attachment: Type.Optional(shape({ id: Type.String({ minLength: 1, maxLength: 64, description: 'Of a file that was uploaded for this contact.' }) })),
      quickReply: Type.Optional(quickReply),
      card: Type.Optional(card),
      carousel: Type.Optional(shape({ cards: Type.Array(card, { minItems: 1, maxItems: 10 }) })),
      datePicker: Type.Optional(shape({ ...datePickerFields, availableTimes: Type.Array(slot, { maxItems: 100 }) })),
      listPicker: Type.Optional(shape({ id: Type.Optional(Key), ...listFields })),
      form: Type.Optional(form),
    },
    { ...strict, title: 'ContentItem' },
  ),
  (given) => holdsOnly(given, 'contentType', given.contentType),
  () => 'needs the field that its contentType names, and no other',
)
export type ContentItem = Wire<typeof ContentItem>

/** So that a message with all of it is a frame that guest clients with a buffer of 16 KiB can read. */
const mostContentBytes = 6144

/** The structured parts of one message, in the order in which they are shown. */
export const Content = Type.Refine(
  Type.Array(ContentItem, { minItems: 1, maxItems: 20, description: `At most ${mostContentBytes} bytes as JSON.` }),
  (content) => utf8Length(JSON.stringify(content)) <= mostContentBytes,
  () => `must not have more than ${mostContentBytes} bytes as JSON`,
)

function holdsOnly(given: object, kind: string, named: string): boolean {
  const names = Object.keys(given).filter((name) => name !== kind)
  return names.length === 1 && names[0]?.toLowerCase() === named.toLowerCase()
}
