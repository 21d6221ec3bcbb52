import type { Environment } from './load.ts'

/**
 * What a server started to be tried out begins with. Known to everybody who can read this file, so a server that others
 * can reach refuses them.
 */
export const developmentDefaults = {
  BECKON_BOOTSTRAP_CLIENT_ID: 'demo',
  BECKON_BOOTSTRAP_CLIENT_SECRET: 'demo-secret-for-development-only',
  BECKON_BOOTSTRAP_ADMIN_PASSWORD: 'admin-for-development-only',
  BECKON_BOOTSTRAP_DEPLOYMENT_ID: '01900000-0000-7000-8000-000000000001',
} as const satisfies Environment
