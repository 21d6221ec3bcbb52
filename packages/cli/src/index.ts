export { run } from './run.ts'
export { createPaint } from './output/paint.ts'
export type { Context } from './context.ts'
export type { Terminal } from './output/terminal.ts'
