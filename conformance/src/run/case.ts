import type { World } from './world.ts'

/** One sentence of the reference, asked of a server. */
export interface Case {
  /** Of the reference: `4.7`. */
  readonly section: string
  readonly says: string
  readonly run: (world: World) => Promise<void>
}

/** The cases of one section, each under the sentence it checks. */
export function section(number: string, sentences: Readonly<Record<string, Case['run']>>): readonly Case[] {
  return Object.entries(sentences).map(([says, run]) => ({ section: number, says, run }))
}
