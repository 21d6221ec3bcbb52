import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createGuest } from '@beckon/client'
import { expect, test } from 'vitest'
import { differenceFrom } from './guides/matches-answer.ts'
import { readExamples, type Example } from './guides/read-examples.ts'
import { openTerminal, type Ran } from './guides/reader.ts'
import { install } from './installation.ts'

const root = join(import.meta.dirname, '../../..')
const guides = ['README.md', 'examples/README.md', ...readdirSync(join(root, 'docs/guides')).toSorted().map((file) => `docs/guides/${file}`)]

test.for(guides)('every command in %s does what it shows', { timeout: 120_000 }, async (guide) => {
  await using installation = await install()
  const server = installation.launch('demo')
  const { url } = JSON.parse(await server.line())
  await somebodyChattedAndLeft(url)
  await using terminal = await openTerminal({ BECKON_DATA_DIR: installation.dataDir })

  for (const example of await readExamples(join(root, guide), guide, url)) {
    const ran = await terminal.run(example)
    const complaint = complaintAbout(example, ran)
    expect(complaint && `${example.place}: ${complaint}`).toBe('')
  }
})

/** The guest whom the guides speak of: has written in the demo shop, and closed the tab. */
async function somebodyChattedAndLeft(url: string): Promise<void> {
  const { deploymentId } = JSON.parse(await (await fetch(`${url}/demo/config.json`)).text())
  const guest = createGuest({ url, deploymentId })
  guest.connect()
  await guest.send('Where is parcel 77?').entry
  guest.disconnect()
}

function complaintAbout({ answer }: Example, { code, out, err }: Ran): string {
  if (code !== 0) return `it ended with ${code}: ${err}${out}`
  if (answer !== undefined) return differenceFrom(answer, out) ?? ''
  return /\/docs\/errors\//.test(out) ? `it was refused: ${out}` : ''
}
