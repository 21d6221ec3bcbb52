import type { ContactId } from '@beckon/core'
import type { Statement } from '../connect.ts'
import { deletePushDevices, statement } from './rare.ts'

const contactId = (column: string): string => `jsonb_set(${column}::jsonb, '{contactId}', to_jsonb($2::text))::json`

/** Makes everything of one contact another's: rows go over as they are, in sets, so that a long history costs no more than it must. */
export function mergeContacts(from: ContactId, into: ContactId): readonly Statement[] {
  const move = (name: string, text: string): Statement => statement(`merge ${name}`, text, from, into)
  return [
    move('names of messages', `UPDATE entries SET client_id = NULL WHERE contact_id = $1 AND client_id IS NOT NULL
      AND EXISTS (SELECT FROM entries AS theirs WHERE theirs.contact_id = $2 AND theirs.client_id = entries.client_id)`),
    move('entries', 'UPDATE entries SET contact_id = $2 WHERE conversation_id = ANY(ARRAY(SELECT id FROM conversations WHERE contact_id = $1))'),
    move('timers', `UPDATE timers SET job = ${contactId('job')} WHERE id = ANY(ARRAY(
      SELECT kind || id FROM proactive_messages, unnest(ARRAY['send:', 'expire-message:']) AS kind WHERE contact_id = $1
      UNION ALL SELECT 'expire-attachment:' || id FROM attachments WHERE contact_id = $1
      UNION ALL SELECT 'close-idle:' || id FROM conversations WHERE contact_id = $1))`),
    ...['conversations', 'proactive_messages', 'attachments'].map((table) => move(table, `UPDATE ${table} SET contact_id = $2, body = ${contactId('body')} WHERE contact_id = $1`)),
    // Places that this transaction has just taken hold what came after the merge.
    move('events', 'UPDATE events SET contact_id = $2 WHERE contact_id = $1 AND writer <> pg_current_xact_id()'),
    move('answers', 'UPDATE answers SET contact_id = $2 WHERE contact_id = $1'),
    deletePushDevices(from),
  ]
}
