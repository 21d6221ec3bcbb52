import { toId, type Contact, type Page, type Reader } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderContact } from '../../render/contact.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listContacts({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-contacts'> {
  return async ({ path, query }) => renderPage(await find(reader, query), { path, query }, renderContact)
}

type Query = Call<'list-contacts'>['query']

/** An external id leads straight to its one contact; everything else is a search. */
async function find(reader: Reader, query: Query): Promise<Page<Contact>> {
  const { q, email, deploymentId, externalId } = query
  if (externalId !== undefined) {
    const contact = await reader.contactByExternalId(externalId)
    return { entities: contact && fits(contact, query) ? [contact] : [] }
  }
  return reader.contacts(readPageRequest(query), {
    ...(q === undefined ? {} : { text: q }),
    ...(email === undefined ? {} : { email }),
    ...(deploymentId === undefined ? {} : { deploymentId: toId(deploymentId) }),
  })
}

function fits({ name, phone, externalId, ...contact }: Contact, { q, email, deploymentId }: Query): boolean {
  const known = [name, contact.email, externalId, phone].join('\n').toLowerCase()
  return (
    (q === undefined || known.includes(q.toLowerCase()))
    && (email === undefined || contact.email?.toLowerCase() === email.toLowerCase())
    && (deploymentId === undefined || contact.deploymentId === deploymentId)
  )
}
