import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { RichMessage } from '../rows.ts'
import type { RichContent } from './rich-content.tsx'

let View: typeof RichContent | undefined

/** Few conversations have any, so it is fetched with the first. */
export function Rich({ rich }: { readonly rich: RichMessage }): JSX.Element | null {
  const [, renew] = useState(0)
  useEffect(() => {
    if (View !== undefined) return
    import('./rich-content.tsx').then(
      (module) => {
        View = module.RichContent
        renew(1)
      },
      () => {},
    )
  }, [])
  return View === undefined ? null : <View {...rich} />
}
