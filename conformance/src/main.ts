import { readArguments, USAGE, type Arguments } from './arguments.ts'
import { createBeckonBackend, findBeckonDeployment } from './backend/beckon-backend.ts'
import { casesOf } from './cases.ts'
import { renderMarkdown } from './report/markdown.ts'
import { tallyOf } from './report/tally.ts'
import { renderText } from './report/text.ts'
import { runCases, type Result } from './run/run-cases.ts'
import type { Target } from './run/world.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  const asked = readArguments(words)
  const chosen = casesOf(asked?.only)
  if (asked === undefined || chosen.length === 0) return usage()
  if (asked.isListOnly) {
    for (const { section, says } of chosen) console.log(`§${section.padEnd(5)} ${says}`)
    return 0
  }
  const target = await targetOf(asked)
  if (target === undefined) return usage('No deployment was named, and the server names none.')
  const results = await runCases(chosen, target)
  console.log(render(asked.form, results, target))
  return results.some(({ verdict }) => verdict.status === 'failed') ? 1 : 0
}

async function targetOf({ url, deployment, client, patience }: Arguments): Promise<Target | undefined> {
  const backend = client === undefined ? undefined : await createBeckonBackend({ url, ...client })
  const deploymentId = deployment ?? (await backend?.deploymentWith({ another: 'for the suite' })) ?? (await findBeckonDeployment(url))
  return deploymentId === '' ? undefined : { url, deploymentId, patience, ...(backend === undefined ? {} : { backend }) }
}

function render(form: Arguments['form'], results: readonly Result[], { backend, url }: Target): string {
  if (form === 'json') return JSON.stringify({ url, tally: tallyOf(results), results }, undefined, 2)
  return form === 'markdown' ? renderMarkdown(results, backend?.name ?? url).trimEnd() : renderText(results)
}

function usage(why?: string): number {
  console.error(why === undefined ? USAGE : `${why}\n\n${USAGE}`)
  return 2
}
