import { html, prose, type Html } from './html.ts'

/** The parts of JSON Schema that the protocol's tables use. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  readonly items?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

interface Row {
  readonly path: string
  readonly schema: Schema
  readonly isRequired: boolean
}

const deepest = 4

/** The fields of a JSON Schema as a table, inner ones by their path: `policy.sendAt`, `entities[].id`. */
export function schemaTable(schema: unknown): Html {
  const rows = fieldsOf(read(schema), '', 0)
  if (rows.length === 0) return html`<p>${describe(read(schema))}</p>`
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Field</th><th scope="col">Holds</th></tr></thead><tbody>${rows.map(renderRow)}</tbody></table></div>`
}

function renderRow({ path, schema, isRequired }: Row): Html {
  return html`<tr><th scope="row"><code>${path}</code>${isRequired ? html` <small>required</small>` : undefined}</th><td>${describe(schema)}</td></tr>`
}

function fieldsOf(schema: Schema, prefix: string, depth: number): readonly Row[] {
  if (depth > deepest) return []
  const properties = schema.properties ?? {}
  return Object.entries(properties).flatMap(([name, inner]) => {
    if (isTwin(name, properties)) return []
    const field = read(inner)
    const path = `${prefix}${name}`
    const row = { path, schema: field, isRequired: schema.required?.includes(name) ?? false }
    return [row, ...fieldsOf(field, `${path}.`, depth + 1), ...fieldsOf(read(field.items), `${path}[].`, depth + 1)]
  })
}

/** The same field in the casing of .NET, which would tell everything twice. */
function isTwin(name: string, properties: object): boolean {
  const first = name.charAt(0)
  return first !== first.toLowerCase() && `${first.toLowerCase()}${name.slice(1)}` in properties
}

function describe(schema: Schema): Html {
  const limits = [
    schema.format === 'date-time' ? 'RFC 3339 time' : schema.format,
    schema.minimum === undefined ? undefined : `from ${schema.minimum}`,
    schema.maximum === undefined ? undefined : `to ${schema.maximum}`,
    schema.maxLength === undefined ? undefined : `at most ${schema.maxLength} characters`,
  ].filter((limit) => limit !== undefined)
  return html`${kindOf(schema)}${limits.length > 0 ? `, ${limits.join(' ')}` : ''}${schema.description ? html`. ${prose(schema.description)}` : undefined}`
}

function kindOf(schema: Schema): Html {
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum) return html`${schema.enum.map((value, index) => html`${index > 0 ? ' or ' : ''}<code>${JSON.stringify(value)}</code>`)}`
  if (schema.anyOf && !schema.type) return html`${schema.anyOf.map((one, index) => html`${index > 0 ? ' or ' : ''}${kindOf(read(one))}`)}`
  if (schema.type === 'array') return html`list of ${kindOf(read(schema.items))}`
  return html`${schema.title ?? (schema.type === undefined ? 'anything' : [schema.type].flat().map((type) => words[type] ?? type).join(' or '))}`
}

const words: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false', null: 'nothing' }

/** Schemas are plain objects all the way down; what is not one says nothing. */
function read(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? value : {}
}
