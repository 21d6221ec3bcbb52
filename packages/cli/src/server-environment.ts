type Environment = Readonly<Record<string, string | undefined>>

/** Flags that stand for settings of the server. */
export interface EnvironmentFlags {
  readonly host?: string
  readonly port?: string
  readonly dataDir?: string
}

/** The environment with the flags on top: a flag is the same as its variable, and wins. */
export function environmentOf(env: Environment, { host, port, dataDir }: EnvironmentFlags): Record<string, string | undefined> {
  return {
    ...env,
    ...(host === undefined ? {} : { BECKON_HOST: host }),
    ...(port === undefined ? {} : { BECKON_PORT: port }),
    ...(dataDir === undefined ? {} : { BECKON_DATA_DIR: dataDir }),
  }
}
