import type { JSX } from 'preact'
import type { FormField } from './fields.tsx'
import { parts, words, type Part } from './read-part.ts'

/** One field, by its kind; its name begins with its id, so that the answers find it again. */
export function Field({ field }: { readonly field: FormField }): JSX.Element | null {
  const { kind, id, title, about } = field
  switch (kind) {
    case 'Input':
      return (
        <label>
          {title}
          <Input name={`${id} text`} about={about} />
        </label>
      )
    case 'DatePicker':
      return (
        <label>
          {title}
          <input type="date" name={`${id} day`} min={dayOf(about['dateMinimum'])} max={dayOf(about['dateMaximum'])} required />
        </label>
      )
    case 'WheelPicker':
      return (
        <label>
          {title}
          <select name={`${id} item`}>
            <option value="" />
            {parts(about['items']).map((item) => (
              <option key={words(item['id'])} value={words(item['id'])}>
                {words(item['title'])}
              </option>
            ))}
          </select>
        </label>
      )
    case 'ListPicker':
      return (
        <>
          {parts(about['sections']).map((section, at) => (
            <Section key={at} section={section} name={`${id} ${at}`} />
          ))}
        </>
      )
    default:
      return null
  }
}

const keyboards: Readonly<Record<string, 'email' | 'tel' | 'url' | 'numeric'>> = { Email: 'email', Phone: 'tel', URL: 'url', Number: 'numeric' }
/** As long as the form's own clients let them be. */
const longest = { line: 30, lines: 300 }

function Input({ name, about }: { readonly name: string; readonly about: Part }): JSX.Element {
  const shared = { name, required: about['isRequired'] === true, placeholder: words(about['placeholderText']) }
  if (about['isMultipleLine'] === true) return <textarea {...shared} maxLength={longest.lines} />
  return <input {...shared} type="text" maxLength={longest.line} inputMode={keyboards[words(about['keyboardType'])]} />
}

function Section({ section, name }: { readonly section: Part; readonly name: string }): JSX.Element {
  const type = section['multipleSelection'] === true ? 'checkbox' : 'radio'
  return (
    <fieldset>
      <legend>{words(section['title'])}</legend>
      {parts(section['items']).map((item) => (
        <label key={words(item['id'])}>
          <input type={type} name={name} value={words(item['id'])} />
          <span>
            {words(item['title'])}
            {words(item['subtitle']) !== '' && <small>{words(item['subtitle'])}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 10) : undefined
}
