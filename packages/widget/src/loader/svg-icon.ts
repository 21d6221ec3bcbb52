const svgNamespace = 'http://www.w3.org/2000/svg'

/** A line icon on a grid of 24, hidden from assistive technology: its button has a name of its own. */
export function svgIcon(path: string, className: string): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg')
  const line = document.createElementNS(svgNamespace, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', className)
  svg.setAttribute('aria-hidden', 'true')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}
