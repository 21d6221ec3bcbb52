import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { demoBanner } from './demo-banner.ts'
import { createPaint } from './paint.ts'

const demo = { clientId: 'demo', clientSecret: 'secret', adminName: 'admin', adminPassword: 'password', deploymentId: '01900000-0000-7000-8000-000000000001' }
const banner = (dataDir: string): string => demoBanner({ url: 'http://127.0.0.1:8080', demo, dataDir }, createPaint(false))

test.for(['data', './data', resolve('data')])('a server on the usual folder (%s) is found without a word about it', (dataDir) => {
  expect(banner(dataDir)).toMatch(/^ {2}npx beckon send --last /m)
})

test('a server on another folder is found from anywhere, whatever the folder is called', () => {
  expect(banner("./Ada's shop")).toContain(`  BECKON_DATA_DIR='${resolve('Ada')}'\\''s shop' npx beckon send --last `)
})
