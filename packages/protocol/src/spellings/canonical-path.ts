import { operations } from '../operations.ts'
import type { Spelling } from './spelling.ts'

/** The path of the canonical call, its ids filled in: every id that stands there stands in the spelled path as well. */
export function canonicalPath({ canonical }: Pick<Spelling, 'canonical'>, params: Readonly<Record<string, string>>): string {
  return operations[canonical].path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}
