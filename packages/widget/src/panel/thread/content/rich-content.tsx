import type { RichAnswer } from '@beckon/client'
import type { JSX } from 'preact'
import { usePanel } from '../../panel-context.ts'
import type { RichMessage } from '../rows.ts'
import { Card } from './card.tsx'
import { Fields } from './fields.tsx'
import { part, parts, words, type Part } from './read-part.ts'
import { TimeSlots } from './time-slots.tsx'

export type Choose = ((answer: RichAnswer) => void) | undefined

/** What a message of the business offers beside its text, in the order of its parts. */
export function RichContent({ entry, isAnswered, mayAnswer }: RichMessage): JSX.Element {
  const { guest, refocus } = usePanel()
  const choose = (answer: RichAnswer): void => {
    guest.answer(entry, answer)
    refocus()
  }
  const always = mayAnswer ? choose : undefined
  // A card's buttons may be pressed again; a time, a list and a form are answered once.
  const once = isAnswered ? undefined : always
  return (
    <div class="rich">
      {parts(entry.content).map((content, at) => (
        <One key={at} content={content} always={always} once={once} />
      ))}
    </div>
  )
}

interface OneProps {
  readonly content: Part
  readonly always: Choose
  readonly once: Choose
}

function One({ content, always, once }: OneProps): JSX.Element | null {
  switch (content['contentType']) {
    case 'Card':
      return <Card card={part(content['card'])} choose={always} />
    case 'Carousel':
      return (
        <ul class="carousel">
          {parts(part(content['carousel'])['cards']).map((card, at) => (
            <li key={at}>
              <Card card={card} choose={always} />
            </li>
          ))}
        </ul>
      )
    case 'DatePicker':
      return <TimeSlots picker={part(content['datePicker'])} choose={once} />
    case 'ListPicker':
      return <ListPicker picker={part(content['listPicker'])} choose={once} />
    case 'Form':
      return <Form form={part(content['form'])} choose={once} />
    default:
      return null
  }
}

function ListPicker({ picker, choose }: { readonly picker: Part; readonly choose: Choose }): JSX.Element {
  const listed = { formComponentType: 'ListPicker', listPicker: { ...picker, id: 'list' } }
  return (
    <Fields
      heading={part(picker['receivedMessage'])}
      pages={[{ pageComponents: [listed] }]}
      send={
        choose &&
        ((choices) => {
          const text = choices.map((choice) => choice.text).join(', ')
          if (choices.length > 0) choose({ type: 'ListPicker', text, choices: choices.map(({ text, payload }) => ({ text, payload })) })
        })
      }
    />
  )
}

function Form({ form, choose }: { readonly form: Part; readonly choose: Choose }): JSX.Element {
  return (
    <Fields
      heading={{ ...part(form['receivedMessage']), ...part(form['introduction']) }}
      pages={parts(form['formPages'])}
      send={
        choose &&
        ((choices, labels) => {
          const said = choices.map(({ id, text }) => `${labels.get(id) ?? id}: ${text}`).join('\n')
          const text = words(part(form['replyMessage'])['title']) || said
          choose({ type: 'Form', text, choices, cannedResponseId: words(form['cannedResponseId']) })
        })
      }
    />
  )
}
