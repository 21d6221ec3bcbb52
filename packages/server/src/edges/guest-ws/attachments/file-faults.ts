import type { AttachmentFault } from '@beckon/core'
import { guestCodes, type GuestCode } from '@beckon/protocol'

/** Why a file is refused, as guests are told: the code that their clients know, and a sentence (guest-protocol 3.7). */
export const fileFaults: Readonly<Record<AttachmentFault, { readonly code: GuestCode; readonly text: string }>> = {
  disabled: { code: guestCodes.featureUnavailable, text: 'Files are not taken here.' },
  type: { code: guestCodes.fileTypeInvalid, text: 'Files of this type are not taken here.' },
  size: { code: guestCodes.fileSizeInvalid, text: 'The file is too large, or not as large as it was said to be.' },
  empty: { code: guestCodes.fileEmpty, text: 'The file is empty.' },
  content: { code: guestCodes.fileContentInvalid, text: 'What is in the file is not what its type says.' },
  name: { code: guestCodes.fileNameInvalid, text: 'The name of the file must have an extension, and no folder in it.' },
  name_too_long: { code: guestCodes.fileNameTooLong, text: 'The name of the file is too long.' },
  expired: { code: guestCodes.attachmentHasExpired, text: 'The file has expired: upload it again.' },
  unknown: { code: guestCodes.attachmentNotFound, text: 'There is no such file.' },
  not_uploaded: { code: guestCodes.attachmentNotUploaded, text: 'The file has not been uploaded yet.' },
  used: { code: guestCodes.attachmentNotFound, text: 'The file belongs to a message already.' },
  too_many: { code: guestCodes.rateTooHigh, text: 'Too many files are waiting to be sent.' },
}
