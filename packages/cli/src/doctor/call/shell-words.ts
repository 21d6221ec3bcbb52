/** One word of a command line as a shell would hand it over, but with its variables unexpanded. */
export interface ShellWord {
  readonly text: string
  /** Holds a variable or a command in its place, whose value nobody here knows. */
  readonly isOpen: boolean
}

export interface ShellLine {
  readonly words: readonly ShellWord[]
  /** Where a shell would have ended the command: `&`, `|`, `;`, `<`, `>`. */
  readonly cutAt?: string
}

/** A part of a line: what it looks like, and what it adds to the word that is being read. */
interface Part {
  readonly form: RegExp
  readonly read: (match: RegExpExecArray) => ShellWord
}

const closed = (text: string): ShellWord => ({ text, isOpen: false })

const parts: readonly Part[] = [
  { form: /\$'((?:[^'\\]|\\[^])*)'/y, read: ([, text = '']) => closed(withoutAnsiEscapes(text)) },
  { form: /'([^']*)'/y, read: ([, text = '']) => closed(text) },
  { form: /"((?:[^"\\]|\\[^])*)"/y, read: ([, text = '']) => ({ text: withoutEscapes(text), isOpen: variable.test(text.replaceAll(/\\[^]/g, '')) }) },
  { form: /\\([^])/y, read: ([, character = '']) => closed(character) },
  { form: /\$(?:\w+|\{[^}]*\}|\([^)]*\))|`[^`]*`/y, read: ([text]) => ({ text, isOpen: true }) },
  { form: /[^\s'"\\`|;&<>$]+|\$/y, read: ([text]) => closed(text) },
]
const variable = /\$(?:\w|\{|\()|`/
/** What ends a word: blanks, or what ends the whole command. */
const gaps = /\s+|[|;&<>]/y
/** Where a line goes on in the next one. */
const joints = /\\\r?\n/y

/** The words of a pasted command line. Undefined when a quote in it is never closed. */
export function shellWords(pasted: string): ShellLine | undefined {
  const line = withStraightQuotes(pasted)
  const words: ShellWord[] = []
  let word: ShellWord | undefined
  let at = 0
  const end = (): void => {
    if (word) words.push(word)
    word = undefined
  }
  while (at < line.length) {
    const piece = pieceAt(line, at)
    if (!piece) return undefined
    if (piece.ends) end()
    if (piece.cut !== undefined) return { words, cutAt: piece.cut }
    if (piece.adds) word = append(word, piece.adds)
    at += piece.length
  }
  end()
  return { words }
}

interface Piece {
  readonly length: number
  /** It ends the word before it. */
  readonly ends?: true
  /** It ends the whole command. */
  readonly cut?: string
  readonly adds?: ShellWord
}

function pieceAt(line: string, at: number): Piece | undefined {
  const joint = matchAt(joints, line, at)?.[0]
  if (joint !== undefined) return { length: joint.length }
  const gap = matchAt(gaps, line, at)?.[0]
  if (gap !== undefined) return { length: gap.length, ends: true, ...(gap.trim() === '' ? {} : { cut: gap }) }
  return partAt(line, at)
}

function append(word: ShellWord | undefined, { text, isOpen }: ShellWord): ShellWord {
  return word ? { text: word.text + text, isOpen: word.isOpen || isOpen } : { text, isOpen }
}

function partAt(line: string, at: number): { readonly adds: ShellWord; readonly length: number } | undefined {
  for (const { form, read } of parts) {
    const match = matchAt(form, line, at)
    if (match) return { adds: read(match), length: match[0].length }
  }
  return undefined
}

function matchAt(form: RegExp, line: string, at: number): RegExpExecArray | null {
  form.lastIndex = at
  return form.exec(line)
}

/** Word processors and forums turn quotes into curly ones. */
function withStraightQuotes(line: string): string {
  return /['"]/.test(line) ? line : line.replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'")
}

/** Within double quotes a backslash counts before few characters only. */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\(\r?\n|["\\$`])/g, (_, character: string) => (character.endsWith('\n') ? '' : character))
}

const ansi: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

function withoutAnsiEscapes(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([^]))/g, (_, hex: string | undefined, unicode: string | undefined, character: string | undefined) => {
    const code = hex ?? unicode
    const plain = character ?? ''
    return code === undefined ? (ansi[plain] ?? plain) : String.fromCharCode(Number.parseInt(code, 16))
  })
}
