import { ok, refuse, type PageRequest, type Result } from '@beckon/core'
import { defaultPageSize, type AskedPage } from '../render/page.ts'
import { readPageCursor } from './page-cursor.ts'

/** Which part of which list. A cursor that this list did not give out is refused: page one in its place would be read as the next. */
export function readPageRequest({ path, query }: AskedPage): Result<PageRequest> {
  const { pageSize, cursor } = query
  const size = typeof pageSize === 'number' ? pageSize : defaultPageSize
  if (typeof cursor !== 'string') return ok({ size })
  const place = readPageCursor(path, cursor)
  return place === undefined ? refuse({ code: 'invalid_request', faults: [strange] }) : ok({ size, cursor: place })
}

const strange = { pointer: '?cursor', detail: 'is not a cursor of this list: follow the nextUri of an earlier page as it is' }
