import type { JSX } from 'preact'
import { usePanel } from '../../panel-context.ts'
import { Heading } from './card.tsx'
import { Field } from './field.tsx'
import { part, parts, words, type Part } from './read-part.ts'

export interface FieldAnswer {
  readonly id: string
  readonly text: string
  readonly payload: string
}

interface FieldsProps {
  readonly heading: Part
  readonly pages: readonly Part[]
  /** Undefined when nothing may be sent any more. */
  readonly send: ((answers: readonly FieldAnswer[], labels: ReadonlyMap<string, string>) => void) | undefined
}

/** The fields of a form, or the one list of a list picker: the browser checks what is required and says so. */
export function Fields({ heading, pages, send }: FieldsProps): JSX.Element {
  const { strings, locale } = usePanel()
  const fields = pages.flatMap((page) => parts(page['pageComponents']).map((component) => fieldOf(component, page)))
  return (
    <form
      class="item"
      onSubmit={(event) => {
        event.preventDefault()
        const labels = new Map(fields.map(({ id, title }) => [id, title]))
        send?.(answersIn(new FormData(event.currentTarget), fields, locale), labels)
      }}
    >
      <Heading of={heading} />
      <fieldset disabled={send === undefined}>
        {pages.map((page, at) => (
          <div key={at} class="page">
            <Heading of={page} />
            {parts(page['pageComponents']).map((component, index) => (
              <Field key={index} field={fieldOf(component, page)} />
            ))}
          </div>
        ))}
        <button type="submit">{strings.send}</button>
      </fieldset>
    </form>
  )
}

export interface FormField {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly about: Part
}

const keyOfKind: Readonly<Record<string, string>> = { Input: 'input', DatePicker: 'datePicker', ListPicker: 'listPicker', WheelPicker: 'wheelPicker' }

function fieldOf(component: Part, page: Part): FormField {
  const kind = words(component['formComponentType'])
  const about = part(component[keyOfKind[kind] ?? ''])
  return { kind, about, id: words(about['id']), title: words(about['title']) || words(page['title']) }
}

/** One answer for each field, or for each item of it that was chosen; a field that was left empty has none. */
function answersIn(data: FormData, fields: readonly FormField[], locale: string): readonly FieldAnswer[] {
  return fields.flatMap(({ kind, id, about }) => {
    const given = [...data.entries()].flatMap(([name, value]) => (name.startsWith(`${id} `) && typeof value === 'string' && value !== '' ? [value] : []))
    return given.map((payload) => answer(kind, id, payload, { items: itemsOf(about), locale }))
  })
}

function answer(kind: string, id: string, payload: string, { items, locale }: { readonly items: readonly Part[]; readonly locale: string }): FieldAnswer {
  if (kind === 'DatePicker') {
    const day = new Date(`${payload}T00:00:00.000Z`)
    return { id, text: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day), payload: day.toISOString() }
  }
  const item = items.find((one) => words(one['id']) === payload)
  return { id, text: item === undefined ? payload : words(item['title']), payload }
}

function itemsOf(about: Part): readonly Part[] {
  return [...parts(about['items']), ...parts(about['sections']).flatMap((section) => parts(section['items']))]
}
