import type { Actor } from '@beckon/core'
import type { Author } from '@beckon/protocol'

export function renderAuthor({ kind, id, name }: Actor): Author {
  return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }), kind }
}
