import { html, type Html } from './html.ts'

export interface DocsPage {
  readonly title: string
  /** Where it stands: `/docs/errors`. */
  readonly path: string
  readonly body: Html
}

const places = [
  ['/docs', 'Start'],
  ['/docs/api', 'REST API'],
  ['/docs/events', 'Events'],
  ['/docs/transcript', 'On the wire'],
  ['/docs/errors', 'Refusals'],
  ['/docs/scopes', 'Scopes'],
  ['/docs/coming-from', 'Coming from …'],
  ['/docs/faq', 'FAQ'],
] as const

/** The whole document around a page: no script, one style sheet of our own. */
export function renderPage({ title, path, body }: DocsPage): string {
  const links = places.map(([href, name]) => {
    const isHere = href === path || (href !== '/docs' && path.startsWith(`${href}/`))
    return html`<li><a href="${href}"${isHere ? html` aria-current="page"` : undefined}>${name}</a></li>`
  })
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Beckon</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><p><a href="/docs">Beckon</a></p><nav aria-label="Documentation"><ul>${links}</ul></nav></header>
<main id="content"><h1>${title}</h1>
${body}
</main>
</body>
</html>
`.markup
}
