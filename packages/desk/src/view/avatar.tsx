import type { ReactNode } from 'react'

const hues = 8

/** Initials on a colour that stays the same for the same person, with a dot while they are here. */
export function Avatar({ id, name, isHere }: { readonly id: string; readonly name: string; readonly isHere?: boolean }): ReactNode {
  const hue = Array.from(id).reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % hues
  return (
    <span className={`avatar hue-${hue}`} aria-hidden="true">
      {initials(name)}
      {isHere === true && <span className="here" />}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked.map((word) => Array.from(word ?? '?')[0]?.toUpperCase() ?? '').join('')
}
