#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { text } from 'node:stream/consumers'
import { createPaint, wantsColour } from './output/paint.ts'
import { run } from './run.ts'

// The server is loaded when a command asks for it; from the second start on, without reading its types again.
enableCompileCache()

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second one ends the process at once, for whoever will not wait.
  process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)))
}
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => process.exit(0))

const isTerminal = process.stdout.isTTY && process.stderr.isTTY
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stop: stop.signal,
  now: () => Date.now(),
  readStandardInput: () => text(process.stdin),
  terminal: {
    out: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    paint: createPaint(wantsColour(process.env, isTerminal)),
    columns: process.stdout.columns ?? 100,
  },
})
// Idle keep-alive sockets would hold the process for seconds.
process.stdout.write('', () => process.exit())
