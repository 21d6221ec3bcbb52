/** Settings of a server under test: its own data, any free port, a client that may do everything. */
export function anEnvironment(dataDir: string): Readonly<Record<string, string>> {
  return {
    BECKON_PORT: '0',
    BECKON_DATA_DIR: dataDir,
    BECKON_LOG_LEVEL: 'warn',
    BECKON_RATE_LIMIT: '0',
    BECKON_BOOTSTRAP_CLIENT_ID: credentials.clientId,
    BECKON_BOOTSTRAP_CLIENT_SECRET: credentials.clientSecret,
    BECKON_BOOTSTRAP_ADMIN_PASSWORD: 'a password for tests',
    BECKON_BOOTSTRAP_DEPLOYMENT_ID: deploymentId,
  }
}

export const credentials = { clientId: 'crm', clientSecret: 'a secret for tests' }
export const deploymentId = '01900000-0000-7000-8000-0000000000aa'
