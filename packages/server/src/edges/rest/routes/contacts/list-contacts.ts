import { ok, toId, type Contact, type Page, type Reader, type Result } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderContact } from '../../render/contact.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listContacts({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-contacts'> {
  return async (asked) => {
    const found = await find(reader, asked)
    return found.ok ? renderPage(found.value, asked, renderContact) : found
  }
}

type Asked = Pick<Call<'list-contacts'>, 'path' | 'query'>

/** An external id leads straight to its one contact; everything else is a search. */
async function find(reader: Reader, { path, query }: Asked): Promise<Result<Page<Contact>>> {
  const { q, email, deploymentId, externalId } = query
  if (externalId !== undefined) {
    const contact = await reader.contactByExternalId(externalId)
    return ok({ entities: contact && fits(contact, query) ? [contact] : [] })
  }
  const page = readPageRequest({ path, query })
  if (!page.ok) return page
  const filter = {
    ...(q === undefined ? {} : { text: q }),
    ...(email === undefined ? {} : { email }),
    ...(deploymentId === undefined ? {} : { deploymentId: toId<'deployment'>(deploymentId) }),
  }
  return ok(await reader.contacts(page.value, filter))
}

function fits({ name, phone, externalId, ...contact }: Contact, { q, email, deploymentId }: Asked['query']): boolean {
  const known = [name, contact.email, externalId, phone].join('\n').toLowerCase()
  return (
    (q === undefined || known.includes(q.toLowerCase()))
    && (email === undefined || contact.email?.toLowerCase() === email.toLowerCase())
    && (deploymentId === undefined || contact.deploymentId === deploymentId)
  )
}
