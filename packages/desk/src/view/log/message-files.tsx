import { fieldsOf, type Entry } from '@beckon/protocol'
import type { ReactNode } from 'react'

export interface LogFile {
  readonly id: string
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly isImage: boolean
  /** A path of this server, which asks for the agent's cookie and leads to the bytes. */
  readonly path: string
}

/** The files of a message: pictures as such, everything else by its name. */
export function MessageFiles({ files }: { readonly files: readonly LogFile[] }): ReactNode {
  return (
    <ul className="files">
      {files.map(({ id, name, size, isImage, path }) => (
        <li key={id}>
          <a href={path} target="_blank" rel="noreferrer">
            {isImage ? <img src={path} alt={name} loading="lazy" /> : <>{name} <small>{kilobytes.format(size / 1000)}</small></>}
          </a>
        </li>
      ))}
    </ul>
  )
}

const kilobytes = new Intl.NumberFormat('en', { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })

/** Read as what it should be or left out: a part may be of a kind that this desk does not know. */
export function filesOf({ content = [] }: Pick<Entry, 'content'>): readonly LogFile[] {
  return content.flatMap((part): readonly LogFile[] => {
    const { contentType, attachment } = fieldsOf(part)
    const { id, filename, fileSize, mediaType, url } = fieldsOf(attachment)
    if (contentType !== 'Attachment' || typeof id !== 'string' || typeof url !== 'string' || !url.startsWith('/api/')) return []
    return [{ id, name: String(filename), size: Number(fileSize), isImage: mediaType === 'Image', path: url }]
  })
}
