import type { PageRequest, Result } from '@beckon/core'
import { readPage } from '../../shared/page-cursor.ts'
import { defaultPageSize, type AskedPage } from '../render/page.ts'

/** Which part of which list. */
export function readPageRequest({ path, query }: AskedPage): Result<PageRequest> {
  const { pageSize, cursor } = query
  return readPage(path, { size: typeof pageSize === 'number' ? pageSize : defaultPageSize, cursor, field: 'cursor' })
}
