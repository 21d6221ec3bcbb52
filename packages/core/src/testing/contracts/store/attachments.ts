import { describe, expect, test } from 'vitest'
import { toId } from '../../../domain/ids.ts'
import type { Committed } from '../../../ports/store.ts'
import { anAttachment } from '../../builders.ts'
import { look, opened, settle, write, type OpenStore } from './open-store.ts'

export function attachmentsContract(open: OpenStore): void {
  describe('an attachment', () => {
    test('is read back as it was written last', async () => {
      await using at = await opened(open)
      await settle(at.store)
      const attachment = anAttachment()

      await write(at.store, { kind: 'put-attachment', attachment })
      expect(await at.store.attachment(attachment.id)).toEqual(attachment)

      const uploaded = { ...attachment, status: 'uploaded', fileKey: 'file-1', size: 4711, version: 2 } as const
      await write(at.store, { kind: 'put-attachment', attachment: uploaded })

      expect(await at.store.attachment(attachment.id)).toEqual(uploaded)
      expect(await at.store.attachment(toId('nowhere'))).toBeUndefined()
    })

    test('is found by its id among others, in the order asked for, whosever it is', async () => {
      await using at = await opened(open)
      await settle(at.store)
      await settle(at.store, '2')
      const mine = anAttachment({ id: toId('mine') })
      const theirs = anAttachment({ id: toId('theirs'), contactId: toId('contact-2') })
      await write(at.store, { kind: 'put-attachment', attachment: mine }, { kind: 'put-attachment', attachment: theirs })

      const ids = ['theirs', 'nobodys', 'mine'].map((id) => toId<'attachment'>(id))
      expect(await look(at.store, { contactId: toId('contact-1'), attachmentIds: ids }, (found) => found.attachments)).toEqual([theirs, mine])
      expect(await look(at.store, { attachmentIds: ids }, (found) => found.attachments)).toEqual([theirs, mine])
      expect(await look(at.store, { contactId: toId('contact-1') }, (found) => found.attachments)).toBeUndefined()
    })

    test('is among its own contact’s, the unused ones apart from all', async () => {
      await using at = await opened(open)
      await settle(at.store)
      await settle(at.store, '2')
      const statuses = ['presigned', 'uploaded', 'attached', 'deleted', 'expired'] as const
      const all = statuses.map((status) => anAttachment({ id: toId(status), status }))
      await write(at.store, ...all.map((attachment) => ({ kind: 'put-attachment', attachment }) as const))
      await write(at.store, { kind: 'put-attachment', attachment: anAttachment({ id: toId('theirs'), contactId: toId('contact-2') }) })
      const contactId = toId<'contact'>('contact-1')
      const idsOf = (ownAttachments: 'unused' | 'all') => look(at.store, { contactId, ownAttachments }, (found) => found.ownAttachments?.map(({ id }) => id))

      expect(await idsOf('unused')).toEqual(['presigned', 'uploaded'])
      expect(await idsOf('all')).toEqual([...statuses])

      await write(at.store, { kind: 'put-attachment', attachment: anAttachment({ id: toId('uploaded'), status: 'attached' }) })
      expect(await idsOf('unused')).toEqual(['presigned'])
    })

    test('that changed is told with its commit, and a commit without one tells none', async () => {
      await using at = await opened(open)
      const told: Committed[] = []
      at.store.onCommitted((batch) => told.push(...batch))
      await settle(at.store)
      const attachment = anAttachment({ status: 'uploaded' })

      await write(at.store, { kind: 'put-attachment', attachment })

      expect(told.map((committed) => committed.attachments)).toEqual([undefined, [attachment]])
      expect(told[1]?.contactId).toBe(attachment.contactId)
    })
  })
}
