const focusable = 'a[href], button:not([disabled]), textarea, [tabindex="0"]'

/** Tab goes round inside a panel that covers the whole screen: what is behind it cannot be seen. */
export function keepFocusInside(event: KeyboardEvent): void {
  const panel = event.currentTarget
  if (event.key !== 'Tab' || !(panel instanceof HTMLElement)) return
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)]
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  const isAtEdge = event.target === edge || event.target === panel
  if (!isAtEdge) return
  event.preventDefault()
  const other = event.shiftKey ? stops.at(-1) : stops[0]
  other?.focus()
}
