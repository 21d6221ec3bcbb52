import type { EntryFile, SentFile } from '@beckon/client'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../icon.tsx'
import { usePanel } from '../panel-context.ts'
import { dress } from './dress.ts'
import { sizeInWords } from './size-in-words.ts'

/** The files of a message: pictures as such, everything else by its name. On the way there they have no address yet. */
export function MessageFiles({ files }: { readonly files: readonly (EntryFile | SentFile)[] }): JSX.Element {
  return (
    <ul class="files" ref={dress}>
      {files.map((file) => (
        <li key={file.id}>{'url' in file && file.url !== undefined ? <Stored file={file} known={file.url} /> : <Label file={file} />}</li>
      ))}
    </ul>
  )
}

function Stored({ file, known }: { readonly file: EntryFile; readonly known: string }): JSX.Element {
  const { guest } = usePanel()
  const [url, setUrl] = useState(known)
  const [isBroken, setBroken] = useState(false)
  const refresh = async (): Promise<string> => {
    const fresh = (await guest.fileUrl(file.id)) ?? url
    setUrl(fresh)
    return fresh
  }
  // Addresses run out, so a click asks for one of its own. The window opens at once: later the browser would not let it.
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    const opened = window.open('', '_blank')
    if (opened === null) return
    opened.opener = null
    void refresh().then((fresh) => opened.location.replace(fresh))
  }
  const retried = (): void => {
    setBroken(true)
    if (!isBroken) void refresh().then((fresh) => setBroken(fresh === url))
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" onClick={open}>
      {file.isImage && !isBroken ? <img src={url} alt={file.name} loading="lazy" onError={retried} /> : <Label file={file} />}
    </a>
  )
}

function Label({ file: { name, size } }: { readonly file: SentFile }): JSX.Element {
  const { locale } = usePanel()
  return (
    <span class="file">
      <Icon path="down" />
      <span dir="auto">{name}</span>
      <small>{sizeInWords(size, locale)}</small>
    </span>
  )
}
