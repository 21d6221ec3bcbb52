import type { Command } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

/** A completion script made from the commands themselves, so that it cannot fall behind them. */
export function completionScript(shell: Shell, program: Command): string {
  const words = wordsOf(program)
  if (shell === 'fish') return fish(words)
  return shell === 'zsh' ? zsh(words) : bash(words)
}

interface Words {
  /** The command's path, as in `client create`; empty for the program itself. */
  readonly path: string
  readonly description: string
  readonly next: readonly { readonly word: string; readonly description: string }[]
}

function wordsOf(command: Command, path = ''): readonly Words[] {
  const children = command.commands.map((child) => ({ word: child.name(), description: child.description() }))
  const flags = command.options.map(({ long, description }) => ({ word: long ?? '', description })).filter(({ word }) => word !== '')
  const own = { path, description: command.description(), next: [...children, ...flags, { word: '--help', description: 'how to use it' }] }
  return [own, ...command.commands.flatMap((child) => wordsOf(child, `${path} ${child.name()}`.trim()))]
}

function cases(words: readonly Words[]): string {
  return words.map(({ path, next }) => `    '${path}') words='${next.map(({ word }) => word).join(' ')}' ;;`).join('\n')
}

/** The words before the cursor that are no flags name the command. */
const findPath = (from: string): string => `  local path='' words='' word
  for word in ${from}; do
    case "$word" in -*) break ;; *) path="\${path:+$path }$word" ;; esac
  done`

function bash(words: readonly Words[]): string {
  return `_beckon() {
${findPath('"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$path" in
${cases(words)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _beckon beckon`
}

function zsh(words: readonly Words[]): string {
  return `#compdef beckon
_beckon() {
${findPath('"${words[@]:1:$CURRENT-2}"').replace("words=''", "choices=''")}
  case "$path" in
${cases(words).replaceAll(" words='", " choices='")}
  esac
  compadd -- \${=choices}
}
compdef _beckon beckon`
}

function fish(words: readonly Words[]): string {
  const lines = words.flatMap(({ path, next }) => next.map((each) => fishLine(path, each)))
  return ['complete -c beckon -f', ...lines].join('\n')
}

function fishLine(path: string, { word, description }: Words['next'][number]): string {
  const condition = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1)}`
  const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
  return `complete -c beckon -n '${condition}' ${what} -d '${description.replaceAll("'", '’')}'`
}
