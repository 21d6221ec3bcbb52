import { expect, test } from 'vitest'
import { filesOf } from './message-files.tsx'

const attachment = { id: 'a1', filename: 'a.png', fileSize: 7, mediaType: 'Image', mime: 'image/png', url: '/api/v2/conversations/messaging/c/attachments/a1/content' }

test('the files of a message are those of its parts that are files of this server', () => {
  const content = [
    { contentType: 'Attachment', attachment },
    { contentType: 'Attachment', attachment: { ...attachment, url: 'javascript:alert(1)' } },
    { contentType: 'Attachment', attachment: { ...attachment, url: '//elsewhere.example/a' } },
    { contentType: 'Attachment' },
    { contentType: 'QuickReply', quickReply: { text: 'Yes' } },
    null,
  ]

  expect(filesOf({ content })).toEqual([{ id: 'a1', name: 'a.png', size: 7, isImage: true, path: attachment.url }])
  expect(filesOf({})).toEqual([])
})
