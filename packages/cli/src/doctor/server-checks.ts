import { BeckonRefusal, createBeckon } from '@beckon/client'
import type { Beckon } from '@beckon/client'
import type { Finding } from './finding.ts'

/** A look should be quick: no patience here, the finding is the point. */
const impatient = { retry: { retries: 0 }, timeoutMs: 5_000 }

/** Does a process answer there, and can it serve? Its clock is compared with ours on the way. */
export async function checkHealth(url: string, now: () => number): Promise<readonly Finding[]> {
  const beckon = createBeckon({ url, token: 'none', ...impatient })
  let date: string | null = null
  const noteDate = ({ headers }: { readonly headers: Headers }): void => {
    date = headers.get('date')
  }
  try {
    await beckon.getLiveness({ onAnswer: noteDate })
  } catch (error) {
    return [{ name: 'server', state: 'skipped', told: firstLine(error), remedy: 'Start it with beckon serve, or name another with --url.' }]
  }
  return [{ name: 'server', state: 'good', told: `${url} answers` }, compareClocks(date, now()), ...(await checkReadiness(beckon))]
}

/** Does the token work, and what may it do? */
export async function checkToken(beckon: Beckon): Promise<Finding> {
  try {
    const { name, scopes } = await beckon.getMyToken({ timeoutMs: impatient.timeoutMs })
    return { name: 'token', state: 'good', told: `works for ${name}, with ${scopes.length} scopes` }
  } catch (error) {
    return { name: 'token', state: 'bad', told: firstLine(error), remedy: remedyFor(error) }
  }
}

function remedyFor(error: unknown): string {
  if (error instanceof BeckonRefusal && error.code === 'unavailable') return 'It cannot be asked for while the server cannot reach its database: see the findings above.'
  if (error instanceof BeckonRefusal && error.code === 'not_found') return 'A worker serves no callers: ask a node whose role is web or all, with --url or BECKON_URL.'
  return 'Check BECKON_CLIENT_ID and BECKON_CLIENT_SECRET; a new secret: beckon client rotate <id>'
}

async function checkReadiness(beckon: Beckon): Promise<readonly Finding[]> {
  try {
    const { appointments, ...checks } = (await beckon.getReadiness()).checks
    const told = Object.entries(checks).map(([name, state]) => `${name} ${state}`)
    return [{ name: 'ready', state: 'good', told: told.join(', ') || 'ready' }, ...checkAppointments(appointments)]
  } catch (error) {
    return [{ name: 'ready', state: 'bad', told: firstLine(error), remedy: 'The log of the server says why; it is not ready while it starts, drains, or cannot reach its database.' }]
  }
}

/** An older server says nothing of them. */
function checkAppointments(state: string | undefined): readonly Finding[] {
  if (state === undefined) return []
  if (state === 'ok') return [{ name: 'worker', state: 'good', told: 'no appointment is overdue' }]
  const [told = state, remedy = 'start a node with BECKON_ROLE=worker or all'] = state.split('; ')
  return [{ name: 'worker', state: 'bad', told: `appointments are ${told}`, remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}. Where one runs, its log says what keeps it.` }]
}

/** Schedules and expiries are by the server's clock. The Date header has whole seconds, so small differences mean nothing. */
function compareClocks(date: string | null, now: number): Finding {
  const difference = date === null ? NaN : Math.abs(Date.parse(date) - now) / 1000
  if (Number.isNaN(difference)) return { name: 'clock', state: 'skipped', told: 'the server does not tell its time' }
  if (difference <= 5) return { name: 'clock', state: 'good', told: 'agrees with the server' }
  return { name: 'clock', state: 'warning', told: `${Math.round(difference)} s apart from the server`, remedy: 'Turn on time synchronisation (NTP) on both machines.' }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
