import { settingsTable, type Setting } from './settings.ts'

/** The table of settings as a page of the reference. */
export function renderSettings(): string {
  const rows: readonly Setting<unknown>[] = Object.values(settingsTable)
  return `# Configuration

Everything is set in the environment, and nothing has to be. Each variable is also read from the file that \`<name>_FILE\` names, as secret stores
provide them. A start with mistakes reports all of them at once and changes nothing. An empty variable counts as absent.

| variable | default | may be | what it does |
|---|---|---|---|
${rows.map(renderRow).join('\n')}

\`beckon demo\`, and with it \`npm start\`, begins with development values for the \`BECKON_BOOTSTRAP_…\` variables that are not set, and shows them. They are
known to everybody, so a server that listens on a public address refuses them.
`
}

function renderRow({ env, kind, default: initially, secret, sentence }: Setting<unknown>): string {
  return `| \`${env}\` | ${initially === undefined ? 'none' : `\`${initially}\``} | ${kind.expects}${secret ? ' (secret)' : ''} | ${sentence} |`
}
