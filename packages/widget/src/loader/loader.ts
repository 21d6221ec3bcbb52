import { createPage, type Page } from './page.ts'

/** Names of the hashed files, filled in by the build. */
declare const ATTEND_FILE: string
declare const PANEL_FILE: string

type Command = (name: string, ...rest: unknown[]) => unknown

declare global {
  /** The one name the messenger puts on a page. Before the loader is here it may be a stub that only fills `q`. */
  var Beckon: (Command & { q?: ArrayLike<unknown>[] }) | undefined
}

const script = document.currentScript
if (script instanceof HTMLScriptElement) start(script)

/** The public snippet: reads its own script tag, becomes `window.Beckon`, then does what was asked of the stub. */
function start({ src, dataset }: HTMLScriptElement): void {
  const part = (file: string): string => new URL(file, src).href
  const parts = { attend: () => import(part(ATTEND_FILE)), panel: () => import(part(PANEL_FILE)) }
  const page = createPage(parts, new URL(src).origin)
  const queued = globalThis.Beckon?.q ?? []
  globalThis.Beckon = (name, ...rest) => run(page, name, rest)
  const { deployment, server, color, position, locale, theme } = dataset
  if (deployment !== undefined) page.boot({ deployment, server, color, position, locale, theme })
  for (const call of queued) {
    const [name, ...rest] = Array.from(call)
    run(page, String(name), rest)
  }
}

function run(page: Page, name: string, rest: unknown[]): unknown {
  const commands: ReadonlyMap<string, unknown> = new Map(Object.entries(page))
  const command = commands.get(name)
  return typeof command === 'function' ? Reflect.apply(command, undefined, rest) : undefined
}
