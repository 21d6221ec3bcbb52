/** Bugs that a run must find: each is known to lose, double or reorder, and a run that stays green with it proves nothing. */
export interface Planted {
  /** Settings of PostgreSQL. */
  readonly postgres: Readonly<Record<string, string>>
  /** Variables of the nodes. */
  readonly nodes: Readonly<Record<string, string>>
}

const bugs: Readonly<Record<string, Planted>> = {
  // What is committed is acknowledged up to three times wal_writer_delay before it is written. A node sees to it that its own
  // connections do not do that, so that has to be taken out too.
  'acknowledge-before-commit': {
    postgres: { synchronous_commit: 'off', wal_writer_delay: '2000ms' },
    nodes: { NODE_OPTIONS: `--import=${new URL('let-commits-be-lost.ts', import.meta.url).href}` },
  },
}

export function planted(name: string | undefined): Planted {
  if (name === undefined) return { postgres: {}, nodes: {} }
  const bug = bugs[name]
  if (bug === undefined) throw new Error(`no bug is called ${name}; there are ${Object.keys(bugs).join(', ')}`)
  return bug
}
