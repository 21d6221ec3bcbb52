import type { GuestFailure, GuestFile } from '@beckon/client'
import type { JSX } from 'preact'
import { named, type Strings } from '../../strings/strings.ts'
import { Icon } from '../icon.tsx'
import { usePanel } from '../panel-context.ts'
import { dress } from './dress.ts'
import { sizeInWords } from './size-in-words.ts'

/** What goes along with the next message, how far it has come, and what is wrong with it. */
export function FileTray({ files }: { readonly files: readonly GuestFile[] }): JSX.Element {
  const { guest, strings, locale, refocus } = usePanel()
  return (
    <ul class="tray" aria-label={strings.attach} ref={dress}>
      {files.map(({ fileId, name, size, status, progress, problem }) => (
        <li key={fileId} class={status}>
          <span class="name" dir="auto">
            {name}
          </span>
          <small role={status === 'failed' ? 'alert' : undefined}>{status === 'failed' ? reason(problem, strings) : sizeInWords(size, locale)}</small>
          {status === 'uploading' && <progress value={progress} aria-label={name} />}
          {mayPass(status, problem) && (
            <button type="button" onClick={() => (guest.retryFile(fileId), refocus())}>
              {strings.retry}
            </button>
          )}
          <button type="button" class="remove" aria-label={named(strings.removeFile, name)} onClick={() => (guest.removeFile(fileId), refocus())}>
            <Icon path="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What the server has looked at and refused, it refuses again. */
function mayPass(status: GuestFile['status'], problem: GuestFailure | undefined): boolean {
  return status === 'failed' && (problem?.code ?? 0) < 4000
}

function reason(problem: GuestFailure | undefined, strings: Strings): string {
  if (problem?.code === 4002) return strings.fileTooLarge
  return problem !== undefined && problem.code > 4000 && problem.code < 4006 ? strings.fileRefused : strings.fileFailed
}
