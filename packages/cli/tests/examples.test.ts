import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runToEnd } from './examples/run-to-end.ts'
import { stacks } from './examples/stacks.ts'
import { startServer, type StartedServer } from './examples/started-server.ts'
import { stories, withoutStatus } from './examples/stories.ts'

const started = new AsyncDisposableStack()
let server: StartedServer

beforeAll(async () => {
  server = started.use(await startServer())
})

afterAll(() => started.disposeAsync())

describe.for(stacks)('a program in $name', ({ sees, prepare, command }) => {
  // A crate and all it needs are compiled once; later runs find them in the cache.
  beforeAll(prepare, 1_200_000)

  test.for(stories)('$tells', { timeout: 200_000 }, async ({ name, stage, prints, printsWithSdk }) => {
    const { visitor, env, verify } = await stage(server)
    const seen = sees === 'http' ? prints(visitor) : (printsWithSdk ?? withoutStatus(prints(visitor)))

    const ran = await runToEnd(command(name), { ...server.env, ...env }, 150_000)

    expect(ran).toEqual({ code: 0, out: `${seen.join('\n')}\n`, err: '' })
    await verify()
  })
})
