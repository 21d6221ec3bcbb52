import { wallClock } from '../../state/moments.ts'
import type { Send } from '@beckon/protocol'
import type { ReactNode } from 'react'

/** The wishes that an agent may have for one message. */
export interface Wishes {
  readonly whenClosed: 'reopen' | 'append' | 'startLinked'
  /** As a `datetime-local` field holds it, in the agent's own time; empty: now. */
  readonly sendAt: string
  readonly unlessReplied: boolean
}

export const noWishes: Wishes = { whenClosed: 'reopen', sendAt: '', unlessReplied: true }

/** What the server is asked to do. */
export function toSend(text: string, wishes: Wishes, isUnasked: boolean): Send {
  const isLater = wishes.sendAt !== ''
  if (!isUnasked && !isLater) return { text }
  const later = isLater ? { sendAt: new Date(wishes.sendAt).toISOString(), ...(wishes.unlessReplied ? { unless: ['replied' as const] } : {}) } : {}
  return { text, proactive: true, policy: { whenClosed: wishes.whenClosed, ...later } }
}

interface SendOptionsProps {
  readonly wishes: Wishes
  readonly onChange: (wishes: Wishes) => void
  readonly isClosed: boolean
  readonly timeZone: string | undefined
  readonly now: number
}

export function SendOptions({ wishes, onChange, isClosed, timeZone, now }: SendOptionsProps): ReactNode {
  const theirs = wishes.sendAt === '' ? undefined : wallClock(timeZone, Date.parse(wishes.sendAt))
  return (
    <fieldset className="options">
      <legend className="visually-hidden">How to send</legend>
      {isClosed && (
        <label>
          The closed conversation
          <select value={wishes.whenClosed} onChange={(event) => onChange({ ...wishes, whenClosed: whenClosedOf(event.currentTarget.value) })}>
            <option value="reopen">reopens</option>
            <option value="append">stays closed</option>
            <option value="startLinked">is followed by a new one</option>
          </select>
        </label>
      )}
      <label>
        Send
        <input
          type="datetime-local"
          aria-label="Send later, at"
          min={localField(now)}
          value={wishes.sendAt}
          onChange={(event) => onChange({ ...wishes, sendAt: event.currentTarget.value })}
        />
        {wishes.sendAt === '' ? 'now' : theirs !== undefined && <small>{theirs} for them</small>}
      </label>
      {wishes.sendAt !== '' && (
        <label>
          <input
            type="checkbox"
            checked={wishes.unlessReplied}
            onChange={(event) => onChange({ ...wishes, unlessReplied: event.currentTarget.checked })}
          />
          cancel if they reply
        </label>
      )}
    </fieldset>
  )
}

function whenClosedOf(value: string): Wishes['whenClosed'] {
  return value === 'append' || value === 'startLinked' ? value : 'reopen'
}

/** The field takes local time without a zone. */
function localField(now: number): string {
  const date = new Date(now)
  return new Date(now - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
