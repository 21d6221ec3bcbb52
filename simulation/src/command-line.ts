import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { closestName } from '@beckon/protocol'
import { CommanderError, InvalidArgumentError, type Command } from 'commander'

/** What is said instead of running: the help that was asked for, or in one line what is wrong with the words. */
export interface Said {
  readonly says: string
  readonly exitCode: 0 | 2
}

/** `optionsOf` makes what a run needs of what was typed, and may refuse it with an `InvalidArgumentError` too. */
export function readCommandLine<Typed extends object, Options>(command: Command, args: readonly string[], optionsOf: (typed: Typed) => Options): Options | Said {
  let help = ''
  command.exitOverride().configureOutput({ writeOut: (text) => (help += text), outputError: () => undefined })
  try {
    command.parse(args, { from: 'user' })
    return optionsOf(command.opts<Typed>())
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? { says: help.trimEnd(), exitCode: 0 } : { says: wrongWords(command, error.message), exitCode: 2 }
  }
}

export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN
    if (!Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`It takes a whole number from ${String(least)} on.`)
    return value
  }
}

export function namesAmong<Name extends string>(what: string, known: readonly Name[]): (text: string) => readonly Name[] {
  const read = nameAmong(what, known)
  return (text) => text.split(',').map(read)
}

export function nameAmong<Name extends string>(what: string, known: readonly Name[]): (text: string) => Name {
  return (text) => {
    const name = known.find((one) => one === text)
    if (name !== undefined) return name
    const closest = closestName(text, known)
    throw new InvalidArgumentError(`There is no ${what} called ${JSON.stringify(text)}${closest === undefined ? '' : ` (did you mean ${closest}?)`}; there are ${known.join(', ')}.`)
  }
}

/** A file in a folder that is there. It is written when the run is over, and a slip of the pen found then would cost the run. */
export function fileToWrite(text: string): string {
  if (text === '' || text.endsWith('/') || isFolder(text)) throw new InvalidArgumentError(`It takes a file, which ${JSON.stringify(text)} is not.`)
  if (!isFolder(dirname(text))) throw new InvalidArgumentError(`There is no folder ${JSON.stringify(dirname(text))}.`)
  return text
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

function wrongWords(command: Command, what: string): string {
  return `${command.name()}: ${what.replace(/^error: /, '').replaceAll('\n', ' ')} (${command.name()} -- --help explains every option)`
}
