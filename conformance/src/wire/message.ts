import { at, brief, isJson, listAt, type Json } from './json.ts'

const momentWithMilliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const messageTypes = new Set(['Text', 'Structured', 'Event'])
// 3.5 and 6.26: any other makes one client drop the frame, or a whole page of history.
const presences = new Set(['Clear', 'Disconnect', 'Join', 'SignIn'])

/** What is wrong with a StructuredMessage, in a frame or in history: sections 3.3 to 3.5. */
export function problemsOfMessage(body: Json): readonly string[] {
  return [...problemsOfFields(body), ...problemsOfChannel(body), ...problemsOfMetadata(body), ...problemsOfContent(body), ...problemsOfEvents(body)]
}

function problemsOfFields({ id, type, direction, text, originatingEntity }: Json): readonly string[] {
  const problems: string[] = []
  if (typeof id !== 'string' || id === '') problems.push('§3.3 a message has no id')
  if (!messageTypes.has(String(type))) problems.push(`§3.3 a message is of type ${String(type)}`)
  if (direction !== 'Inbound' && direction !== 'Outbound') problems.push(`§3.3 a message has direction ${String(direction)}`)
  if (text !== undefined && typeof text !== 'string') problems.push('§3.3 text is not a text')
  if (originatingEntity !== undefined && originatingEntity !== 'Human' && originatingEntity !== 'Bot') problems.push(`§3.3 originatingEntity is ${brief(originatingEntity, 80)}`)
  return problems
}

function problemsOfChannel(body: Json): readonly string[] {
  const problems: string[] = []
  const { time, type } = isJson(body['channel']) ? body['channel'] : {}
  if (typeof time !== 'string' || !momentWithMilliseconds.test(time)) problems.push(`§3.3 channel.time is ${JSON.stringify(time) ?? 'absent'}`)
  if (type !== undefined && type !== 'Private' && type !== 'Public') problems.push(`§3.3 channel.type is ${brief(type, 80)}`)
  return problems
}

function problemsOfMetadata(body: Json): readonly string[] {
  const maps = [body['metadata'], at(body, 'channel.metadata.customAttributes')].filter((map) => map !== undefined)
  return maps.every((map) => isJson(map) && Object.values(map).every((value) => typeof value === 'string')) ? [] : ['§3.3 a value of metadata is not a text']
}

const needed: Readonly<Record<string, readonly string[]>> = {
  Attachment: ['attachment.id', 'attachment.url', 'attachment.filename', 'attachment.mediaType'],
  QuickReply: ['quickReply.text', 'quickReply.payload'],
  ButtonResponse: ['buttonResponse.text', 'buttonResponse.payload', 'buttonResponse.type'],
  Card: ['card.title', 'card.description'],
  DatePicker: ['datePicker.title'],
}

function problemsOfContent(body: Json): readonly string[] {
  return listAt(body, 'content').flatMap((part) => {
    const kind = String(at(part, 'contentType'))
    const cards = kind === 'Card' ? [at(part, 'card')] : listAt(part, 'carousel.cards')
    return [
      ...(needed[kind] ?? []).filter((path) => typeof at(part, path) !== 'string').map((path) => `§3.4 ${path} is not there, and a client drops the frame`),
      ...(kind === 'Carousel' && !Array.isArray(at(part, 'carousel.cards')) ? ['§3.4 a Carousel has no cards'] : []),
      ...cards.flatMap(problemsOfCard),
      ...listAt(part, 'datePicker.availableTimes').flatMap(problemsOfTime),
    ]
  })
}

function problemsOfCard(card: unknown): readonly string[] {
  const actions = [...listAt(card, 'actions'), ...(at(card, 'defaultAction') === undefined ? [] : [at(card, 'defaultAction')])]
  return [
    ...(['title', 'description'].every((field) => typeof at(card, field) === 'string') ? [] : ['§3.4 a card lacks its title or description']),
    ...(Array.isArray(at(card, 'actions')) ? [] : ['§3.4 a card has no list of actions']),
    ...(actions.every((action) => typeof at(action, 'type') === 'string' && typeof at(action, 'text') === 'string') ? [] : ['§3.4 an action of a card lacks its type or text']),
  ]
}

function problemsOfTime(time: unknown): readonly string[] {
  return Number.isInteger(at(time, 'duration')) && typeof at(time, 'dateTime') === 'string' ? [] : ['§3.4 an available time lacks duration or dateTime']
}

function problemsOfEvents(body: Json): readonly string[] {
  return listAt(body, 'events').flatMap((event) => {
    const kind = at(event, 'eventType')
    if (typeof kind !== 'string') return ['§3.5 an event has no eventType']
    const presence = String(at(event, 'presence.type'))
    if (kind === 'Presence' && !presences.has(presence)) return [`§3.5 presence ${presence} is not decoded by clients`]
    const duration = at(event, 'typing.duration')
    return kind === 'Typing' && duration !== undefined && !Number.isInteger(duration) ? ['§3.5 the duration of typing is not a whole number'] : []
  })
}
