/** A colour as red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number]

/** The brand's colour, moved as little as needed for its text to be readable (WCAG 2.2, 1.4.3: contrast of 4.5). */
export interface BrandColors {
  /** Fills: launcher, own messages, send button. */
  readonly fill: string
  /** Text and icons on the fill. */
  readonly onFill: string
  /** The brand as text on a light and on a dark surface. */
  readonly onLight: string
  readonly onDark: string
}

const white: Rgb = [255, 255, 255]
const ink: Rgb = [20, 21, 26]
/** `--raised` of the style sheets: of the grounds that the brand is text on, the ones with the least contrast. */
const lightGround: Rgb = [241, 242, 245]
const darkGround: Rgb = [42, 44, 51]
const enough = 4.5
/** From here on, darkening the brand a little keeps it recognisable; below, dark text on the true colour does. */
const nearlyEnough = 3

const defaultBrand = '#4353e0'

/** Reads `#rgb` and `#rrggbb`; anything else is taken as the default brand. */
export function brandColors(color: string | undefined): BrandColors {
  const brand = parseColor(color ?? '') ?? parseColor(defaultBrand) ?? ink
  const takesWhite = contrast(brand, white) >= nearlyEnough
  return {
    fill: hex(takesWhite ? moved(brand, ink, white) : brand),
    onFill: hex(takesWhite ? white : ink),
    onLight: hex(moved(brand, ink, lightGround)),
    onDark: hex(moved(brand, white, darkGround)),
  }
}

/** Moves `color` towards `goal` until it stands out from `ground`. */
function moved(color: Rgb, goal: Rgb, ground: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, goal, share)
    if (contrast(mixed, ground) >= enough) return mixed
  }
  return goal
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2): number => Math.round(a[at] + (b[at] - a[at]) * share)
  return [channel(0), channel(1), channel(2)]
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(a: Rgb, b: Rgb): number {
  const [la, lb] = [luminance(a), luminance(b)]
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05)
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

export function parseColor(color: string): Rgb | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color.trim())
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color.trim())
  const [, red, green, blue] = long ?? short ?? []
  if (red === undefined || green === undefined || blue === undefined) return undefined
  const value = (digits: string): number => Number.parseInt(digits.padEnd(2, digits), 16)
  return [value(red), value(green), value(blue)]
}

function hex(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
