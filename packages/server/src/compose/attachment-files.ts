import { join, resolve } from 'node:path'
import type { AttachmentFiles, Clock } from '@beckon/core'
import { createDiskAttachments } from '../adapters/disk-attachments/disk-attachments.ts'
import { createS3Attachments } from '../adapters/s3-attachments/s3-attachments.ts'
import type { Settings } from '../config/settings.ts'

type PlaceSettings = Pick<Settings, 'dataDir' | 'attachmentsUrl' | 'attachmentsKeyId' | 'attachmentsSecret'>

/** The place that the settings name, or a folder beside the database. */
export function createAttachmentFiles({ dataDir, attachmentsUrl: place, attachmentsKeyId: keyId = '', attachmentsSecret: secret = '' }: PlaceSettings, clock: Clock): AttachmentFiles {
  if (place?.kind === 's3') return createS3Attachments({ url: place.url, region: place.region, keyId, secret, clock })
  return createDiskAttachments({ dir: folderOf(place, dataDir) })
}

/** The folder that the bytes of files are in; undefined when they are in a bucket. */
export function attachmentFolder({ dataDir, attachmentsUrl: place }: Pick<PlaceSettings, 'dataDir' | 'attachmentsUrl'>): string | undefined {
  return place?.kind === 's3' ? undefined : folderOf(place, dataDir)
}

function folderOf(place: { readonly kind: 'disk'; readonly dir: string } | undefined, dataDir: string): string {
  return place === undefined ? join(resolve(dataDir), 'attachments') : place.dir
}
