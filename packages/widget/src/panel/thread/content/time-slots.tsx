import type { JSX } from 'preact'
import { usePanel } from '../../panel-context.ts'
import { Heading } from './card.tsx'
import { parts, words, type Part } from './read-part.ts'
import type { Choose } from './rich-content.tsx'

/** Times to choose from, in the guest's own time and language. */
export function TimeSlots({ picker, choose }: { readonly picker: Part; readonly choose: Choose }): JSX.Element {
  const { locale } = usePanel()
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
  const slots = parts(picker['availableTimes'])
    .map((slot) => words(slot['dateTime']))
    .filter((time) => !Number.isNaN(Date.parse(time)))
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))
  return (
    <div class="item" role="group" aria-label={words(picker['title'])}>
      <Heading of={picker} />
      {slots.map((payload) => {
        const text = format.format(new Date(payload))
        return (
          <button
            key={payload}
            type="button"
            disabled={choose === undefined}
            onClick={() => choose?.({ type: 'DatePicker', text, choices: [{ text, payload }] })}
          >
            {text}
          </button>
        )
      })}
    </div>
  )
}
