/** Bugs that a run must find: each is known to lose, double or reorder, and a run that stays green with it proves nothing. */
export interface Planted {
  /** Settings of PostgreSQL. */
  readonly postgres: Readonly<Record<string, string>>
  /** Variables of the nodes. */
  readonly nodes: Readonly<Record<string, string>>
}

export const plantedNames = ['acknowledge-before-commit'] as const

const bugs: Readonly<Record<PlantedName, Planted>> = {
  // What is committed is acknowledged up to three times wal_writer_delay before it is written. A node sees to it that its own
  // connections do not do that, so that has to be taken out too.
  'acknowledge-before-commit': {
    postgres: { synchronous_commit: 'off', wal_writer_delay: '2000ms' },
    nodes: { NODE_OPTIONS: `--import=${new URL('let-commits-be-lost.ts', import.meta.url).href}` },
  },
}

export type PlantedName = (typeof plantedNames)[number]

export function planted(name: PlantedName | undefined): Planted {
  return name === undefined ? { postgres: {}, nodes: {} } : bugs[name]
}
