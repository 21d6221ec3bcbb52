import type { EntryFile, GuestFile, SentFile } from '@beckon/client'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type * as FileViews from './file-views.ts'

let views: typeof FileViews | undefined

/** Most conversations have no files, so what shows them is fetched with the first. */
function useViews(isNeeded: boolean): typeof views {
  const [, renew] = useState(0)
  useEffect(() => {
    if (!isNeeded || views !== undefined) return
    import('./file-views.ts').then(
      (module) => {
        views = module
        renew(1)
      },
      () => {},
    )
  }, [isNeeded])
  return views
}

export function Tray({ files }: { readonly files: readonly GuestFile[] }): JSX.Element | null {
  const known = useViews(files.length > 0)
  return known === undefined || files.length === 0 ? null : <known.FileTray files={files} />
}

export function Files({ files }: { readonly files: readonly (EntryFile | SentFile)[] }): JSX.Element | null {
  const known = useViews(files.length > 0)
  return known === undefined || files.length === 0 ? null : <known.MessageFiles files={files} />
}
