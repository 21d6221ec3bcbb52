/** Adds a sheet to those of the shadow root. Adopted sheets need no `unsafe-inline` in the page's policy. */
export function adoptSheet(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
