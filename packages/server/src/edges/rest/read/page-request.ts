import type { PageRequest } from '@beckon/core'
import { defaultPageSize } from '../render/page.ts'

export function readPageRequest({ pageSize = defaultPageSize, cursor }: { readonly pageSize?: number; readonly cursor?: string }): PageRequest {
  return { size: pageSize, ...(cursor === undefined ? {} : { cursor }) }
}
