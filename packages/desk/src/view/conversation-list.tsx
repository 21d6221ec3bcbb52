import { useEffect, useRef } from 'react'
import { VList } from 'virtua'
import { attentionOf } from '../state/attention.ts'
import { day, dayOrTime, inWords } from '../state/moments.ts'
import { Avatar } from './avatar.tsx'
import { nameOfGuest } from './guest-name.ts'
import { useDesk, useDeskState } from './desk-context.ts'
import type { Conversation } from '@beckon/protocol'
import type { Listing } from '../state/desk-state.ts'
import type { ReactNode } from 'react'
import type { VListHandle } from 'virtua'

/** Near the end of the list, more of it is read. */
const nearEndPx = 400

export function ConversationList(): ReactNode {
  const desk = useDesk()
  const { listing, conversations, filter } = useDeskState()
  const list = useRef<VListHandle>(null)
  const shown = listing.ids.map((id) => conversations[id]).filter((each) => each !== undefined)
  const selectedAt = shown.findIndex(({ id }) => id === filter.conversationId)

  useEffect(() => {
    if (selectedAt >= 0) list.current?.scrollToIndex(selectedAt, { align: 'nearest' })
  }, [selectedAt])

  function readMore(offset: number): void {
    const { scrollSize = 0, viewportSize = 0 } = list.current ?? {}
    const isNearEnd = scrollSize - viewportSize - offset < nearEndPx
    if (isNearEnd && listing.nextUri !== undefined && listing.state === 'ready') desk.attempt(desk.inbox.loadMore)
  }

  return (
    <section className="list" aria-label="Conversations" aria-busy={listing.state === 'loading'}>
      {shown.length === 0 && <p className="empty">{emptyWords(listing, filter.search)}</p>}
      <VList ref={list} className="rows" onScroll={readMore}>
        {shown.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} isSelected={conversation.id === filter.conversationId} />
        ))}
      </VList>
      {listing.state === 'ready' && listing.searchedBackTo !== undefined && (
        <p className="searched">
          Searched back to {day(listing.searchedBackTo)}.{' '}
          <button type="button" className="quiet" onClick={() => desk.attempt(desk.inbox.loadMore)}>Search further</button>
        </p>
      )}
    </section>
  )
}

function Row({ conversation, isSelected }: { readonly conversation: Conversation; readonly isSelected: boolean }): ReactNode {
  const desk = useDesk()
  const { logs, now } = useDeskState()
  const { unread, waitingSince } = attentionOf(conversation, logs[conversation.id] ?? [])

  return (
    <button
      type="button"
      className={`row${unread > 0 ? ' unread' : ''}`}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => desk.show({ conversationId: conversation.id })}
    >
      <Avatar id={conversation.contactId} name={nameOfGuest(conversation)} isHere={conversation.presence.connections > 0} />
      <span className="row-line">
        <span className="row-name">{nameOfGuest(conversation)}</span>
        <span className="row-time">
          {waitingSince === undefined ? dayOrTime(conversation.lastEntryAt, now) : <Waiting since={waitingSince} now={now} />}
        </span>
      </span>
      <span className="row-line">
        <span className="row-text"><Preview conversation={conversation} /></span>
        {conversation.status === 'closed' && <span className="tag">closed</span>}
        {unread > 0 && <span className="count" aria-label={`${unread} unread`}>{unread}</span>}
      </span>
    </button>
  )
}

function Preview({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { now, typing, drafts } = useDeskState()
  const draft = drafts[conversation.id]
  if ((typing[conversation.id] ?? 0) > now) return <em>writing…</em>
  if (draft !== undefined) return <><strong className="draft">Draft</strong> {draft}</>
  return conversation.lastText ?? 'No message yet'
}

/** Amber after five minutes, red after a quarter of an hour: long enough to be noticed, early enough to act. */
function Waiting({ since, now }: { readonly since: string; readonly now: number }): ReactNode {
  const minutes = (now - Date.parse(since)) / 60_000
  const urgency = minutes > 15 ? 'late' : minutes > 5 ? 'soon' : 'fresh'
  return <span className={`waiting ${urgency}`} title="Waiting for an answer">{inWords(now - Date.parse(since))}</span>
}

function emptyWords({ state, searchedBackTo }: Listing, search: string): string {
  if (state === 'loading') return searchedBackTo === undefined ? 'Reading…' : `Searched back to ${day(searchedBackTo)}…`
  if (state === 'failed') return 'The list could not be read.'
  return search === '' ? 'Nothing here.' : `Nothing found for “${search}”.`
}
