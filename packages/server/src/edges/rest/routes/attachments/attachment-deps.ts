import type { AttachmentLinks } from '../../../shared/attachment-links.ts'
import type { RestDeps } from '../../rest-deps.ts'

export interface AttachmentDeps extends Pick<RestDeps, 'reader' | 'clock' | 'useCases'> {
  readonly links: AttachmentLinks
}
