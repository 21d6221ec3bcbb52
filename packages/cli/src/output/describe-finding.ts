import type { Finding } from '../doctor/finding.ts'
import type { Paint } from './paint.ts'
import { plainText } from './plain-text.ts'

/** One look in a line, and what to do about it in another. */
export function describeFinding({ name, state, told, remedy }: Finding, paint: Paint): readonly string[] {
  const line = `${marks(paint)[state]} ${name.padEnd(9)} ${plainText(told)}`
  return remedy === undefined || state === 'good' ? [line] : [line, `            ${paint.yellow('→')} ${plainText(remedy)}`]
}

function marks(paint: Paint): Record<Finding['state'], string> {
  return { good: paint.green('✔'), warning: paint.yellow('!'), bad: paint.red('✘'), skipped: paint.dim('–') }
}
