import type { PageFrame } from './page.ts'

/** What a page keeps in mind of the log, so as to resume. */
export interface PageMemory {
  /** Where to resume from; undefined when nothing was shown yet. */
  readonly place: () => { readonly conversationId: string; readonly seq: number; readonly epoch: string } | undefined
  /**
   * `complete`: the catch-up has ended, everything is here. `gap`: an entry came that does not follow; the guide says:
   * configure again.
   */
  readonly take: (frame: PageFrame) => 'complete' | 'gap' | undefined
}

export function createPageMemory(): PageMemory {
  const memory = { epoch: '', conversationId: undefined as string | undefined, seq: 0 }

  function begin({ beckon }: PageFrame['body']): 'complete' | undefined {
    if (beckon === undefined) return undefined
    memory.epoch = beckon.epoch
    const { conversation, resumed } = beckon
    return conversation === null || (resumed && conversation.lastSeq <= memory.seq) ? 'complete' : undefined
  }

  function read({ conversationId, entities = [], reset, complete }: PageFrame['body']): 'complete' | undefined {
    if (reset === true || conversationId !== memory.conversationId) Object.assign(memory, { conversationId, seq: 0 })
    memory.seq = entities.at(-1)?.seq ?? memory.seq
    return complete === true ? 'complete' : undefined
  }

  /** An entry as it happens: the next one, one known already, or one that shows a gap. */
  function follow(conversationId: string | undefined, seq: number): 'gap' | undefined {
    const isNew = conversationId !== memory.conversationId
    const isNext = isNew ? seq === 1 : seq === memory.seq + 1
    if (isNext) Object.assign(memory, { conversationId, seq })
    return isNext || (!isNew && seq <= memory.seq) ? undefined : 'gap'
  }

  return {
    place() {
      const { conversationId, seq, epoch } = memory
      return conversationId === undefined ? undefined : { conversationId, seq, epoch }
    },
    take({ class: kind, body }) {
      if (kind === 'SessionResponse') return begin(body)
      if (kind === 'History') return read(body)
      return kind === 'StructuredMessage' && body.seq !== undefined ? follow(body.conversationId, body.seq) : undefined
    },
  }
}
