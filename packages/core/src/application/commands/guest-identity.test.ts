import { describe, expect, test } from 'vitest'
import type { AuthenticationSettings } from '../../domain/deployment/authentication.ts'
import { toId } from '../../domain/ids.ts'
import { days, minutes, plus } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import { IdentityProviderUnavailable } from '../../ports/identity-provider.ts'
import { browserToken, scenario, valueOf, type Scenario } from '../../testing/scenario.ts'

const otherToken = '1f0e2d3c-4b5a-4697-8879-a6b5c4d3e2f1'
const issuer = 'https://id.shop.example'
const redirectUri = 'https://shop.example/callback'
const authentication: AuthenticationSettings = { enabled: true, issuer, clientId: 'chat', clientSecret: 's3cret', redirectUris: [redirectUri] }

async function shop(given: AuthenticationSettings = {}) {
  const at = await scenario({})
  valueOf(await at.useCases.updateDeployment({ id: at.deploymentId, settings: { authentication: { ...authentication, ...given } } }))
  for (const [code, subject, name] of [['code-ada', 'ada', 'Ada'], ['code-ada-again', 'ada', 'Ada'], ['code-bob', 'bob', 'Bob']] as const) {
    at.identityProvider.people.set(code, { identity: { issuer, subject }, claims: { name } })
  }
  return { ...at, get guest() { return at.guest }, ...signingIn(at) }
}

function signingIn(at: Scenario) {
  const exchange = (code: string) => at.useCases.signInGuest({ deploymentId: at.deploymentId, proof: { code, redirectUri } })
  const arrive = async (code: string, given: { readonly token?: string; readonly startNew?: boolean } = {}) => {
    const { signIn, refreshToken = '' } = valueOf(await exchange(code))
    const configured = valueOf(await at.useCases.configureSignedInGuest({ deploymentId: at.deploymentId, token: browserToken, startNew: false, signInId: signIn.id, ...given }))
    return { ...configured, refreshToken }
  }
  const say = (who: { readonly contact: { readonly id: Scenario['guest']['contact']['id'] }; readonly session: { readonly id: Scenario['guest']['session']['id'] } }, text: string) =>
    at.useCases.writeAsGuest({ contactId: who.contact.id, sessionId: who.session.id, saying: { text } })
  return { exchange, arrive, say }
}

describe('a code that is exchanged', () => {
  test('proves a person by the provider of the deployment, to whom the secret is shown as it was entered', async () => {
    const at = await shop()

    const { signIn, refreshToken } = valueOf(await at.exchange('code-ada'))

    expect(signIn).toMatchObject({ identity: { issuer, subject: 'ada' }, deploymentId: at.deploymentId })
    expect(at.identityProvider.asked).toEqual([{ party: { issuer, clientId: 'chat', clientSecret: 's3cret' }, proof: { code: 'code-ada', redirectUri } }])
    expect(JSON.stringify(await at.store.signIn(signIn.id))).not.toContain(refreshToken)
    expect(JSON.stringify(await at.store.deployment(at.deploymentId))).not.toContain('s3cret')
  })

  test('is refused when the provider does not know it, or the redirect is not the deployment’s', async () => {
    const at = await shop()

    expect(await at.exchange('stolen')).toMatchObject({ refusal: { code: 'sign_in_refused' } })
    expect(await at.useCases.signInGuest({ deploymentId: at.deploymentId, proof: { code: 'code-ada', redirectUri: 'https://evil.example/' } })).toMatchObject({
      refusal: { code: 'invalid_request', faults: [{ pointer: '#/oauth/redirectUri' }] },
    })
    expect(at.identityProvider.asked).toHaveLength(1)
  })

  test('says nothing about the guest while the provider is away', async () => {
    const at = await shop()
    at.identityProvider.goAway()

    await expect(at.exchange('code-ada')).rejects.toThrow(IdentityProviderUnavailable)
  })

  test('is refused where guests cannot sign in', async () => {
    const at = await shop({ enabled: false })

    expect(await at.exchange('code-ada')).toMatchObject({ refusal: { code: 'sign_in_disabled' } })
  })
})

describe('a guest who signs in after they have written', () => {
  test('becomes the person, in the same conversation, without being greeted anew', async () => {
    const at = await shop()
    await at.guestWrites('Where is my parcel?')
    const before = at.guest

    const after = await at.arrive('code-ada')

    expect(after).toMatchObject({ newSession: false, justSignedIn: true, closedElsewhere: false, conversation: { lastText: 'Where is my parcel?', status: 'open' } })
    expect(after.contact).toMatchObject({ id: before.contact.id, name: 'Ada', identity: { issuer, subject: 'ada' } })
    expect(after.session.id).not.toBe(before.session.id)
    expect((await at.store.session(before.session.id))?.ended?.reason).toBe('signed_in')
  })

  test('and is known from another browser becomes one contact with themselves, and takes the conversation along', async () => {
    const at = await shop()
    const elsewhere = await at.arrive('code-ada', { token: otherToken })
    await at.guestWrites('Where is my parcel?')
    const anonymous = at.guest.contact.id

    const after = await at.arrive('code-ada-again')

    expect(after.contact.id).toBe(elsewhere.contact.id)
    expect(after).toMatchObject({ newSession: false, conversation: { contactId: elsewhere.contact.id, lastText: 'Where is my parcel?' } })
    expect(await at.store.latestConversation(elsewhere.contact.id)).toMatchObject({ lastText: 'Where is my parcel?' })
    expect(await at.store.contact(anonymous)).toMatchObject({ mergedInto: elsewhere.contact.id })
    expect(await at.eventTypes()).toContain('contact.merged')
    valueOf(await at.say(after, 'It is me'))
    expect(await at.log(after.conversation?.id)).toEqual(['started by customer', 'customer: Where is my parcel?', 'customer: It is me'])
  })

  test('has one open thread afterwards: the one that was written in last', async () => {
    const at = await shop()
    const elsewhere = await at.arrive('code-ada', { token: otherToken })
    valueOf(await at.say(elsewhere, 'An old matter'))
    at.clock.advance(minutes(1))
    await at.guestWrites('Where is my parcel?')

    const after = await at.arrive('code-ada-again')

    expect(after).toMatchObject({ closedElsewhere: true, conversation: { lastText: 'Where is my parcel?', status: 'open' } })
    const threads = await at.store.conversations({ size: 10 }, { contactId: after.contact.id })
    expect(threads.entities.map(({ lastText, status }) => `${lastText} ${status}`).toSorted()).toEqual(['An old matter closed', 'Where is my parcel? open'])
  })

  test('leaves what they wrote behind where the deployment does not let it come along', async () => {
    const at = await shop({ allowSessionUpgrade: false })
    await at.guestWrites('Where is my parcel?')
    const anonymous = at.guest

    const after = await at.arrive('code-ada')

    expect(after.contact.id).not.toBe(anonymous.contact.id)
    expect(after).toMatchObject({ newSession: true })
    expect(after).not.toHaveProperty('conversation')
    expect((await at.store.session(anonymous.session.id))?.ended?.reason).toBe('signed_in')
  })

  test('is reached under the address that they had before', async () => {
    const at = await shop()
    const elsewhere = await at.arrive('code-ada', { token: otherToken })
    await at.guestWrites('Hello')
    const anonymous = at.guest.contact.id
    await at.arrive('code-ada-again')

    const sent = valueOf(await at.businessSends('Your parcel is here', { address: { contactId: anonymous } }))
    const changed = valueOf(await at.useCases.updateContact({ contactId: anonymous, details: { phone: '1' } }))
    const { session } = valueOf(await at.useCases.createSession({ contactId: anonymous }))
    valueOf(await at.useCases.getReachability({ contactId: anonymous, policy: {} }))

    expect([sent.message.contactId, changed.id, session.contactId]).toEqual([elsewhere.contact.id, elsewhere.contact.id, elsewhere.contact.id])
    valueOf(await at.useCases.eraseContact({ contactId: anonymous }))
    expect((await at.store.contact(elsewhere.contact.id))?.erasedAt).toBeDefined()
  })

  test('is not mixed up with somebody whom the business knows by another id', async () => {
    const at = await shop()
    const known = valueOf(await at.useCases.createContact({ deploymentId: at.deploymentId, details: { externalId: 'crm-1' } }))
    const { token } = valueOf(await at.useCases.createSession({ deploymentId: at.deploymentId, contactId: known.id }))
    const ada = await at.arrive('code-ada', { token: otherToken })
    valueOf(await at.useCases.updateContact({ contactId: ada.contact.id, details: { externalId: 'crm-2' } }))

    const after = await at.arrive('code-ada-again', { token })

    expect(after.contact.id).toBe(ada.contact.id)
    expect(await at.store.contact(known.id)).not.toHaveProperty('mergedInto')
  })
})

describe('what was under way for a guest who becomes another contact', () => {
  test('is kept for them, also when it was claimed before', async () => {
    const at = await shop()
    const elsewhere = await at.arrive('code-ada', { token: otherToken })
    const sendAt = plus(at.clock.now(), minutes(5))
    valueOf(await at.businessSends('Reminder', { policy: { sendAt } }))
    const [claimed] = await at.store.claimTimers(sendAt, minutes(1), 10)
    await at.arrive('code-ada-again')

    await at.useCases.keepAppointment(must(claimed, 'the message was due'))
    await at.timePasses(minutes(10))

    expect(await at.store.latestConversation(elsewhere.contact.id)).toMatchObject({ lastText: 'Reminder' })
  })
})

describe('after a guest has signed in', () => {
  test('nobody goes on with a session of theirs who has proved nothing', async () => {
    const at = await shop()
    await at.guestWrites('Hello')
    const other = valueOf(await at.useCases.createSession({ contactId: at.guest.contact.id }))

    await at.arrive('code-ada')

    expect((await at.store.session(other.session.id))?.ended?.reason).toBe('signed_in')
  })

  test('whom the business knew, nobody goes on with a session of theirs either', async () => {
    const at = await shop({ subjectIsExternalId: true })
    const known = valueOf(await at.useCases.createContact({ deploymentId: at.deploymentId, details: { externalId: 'ada' } }))
    const other = valueOf(await at.useCases.createSession({ contactId: known.id }))

    await at.arrive('code-ada')

    expect((await at.store.session(other.session.id))?.ended?.reason).toBe('signed_in')
  })

  test('a session that the business makes for them is theirs, and whoever signs in there as somebody else takes nothing along', async () => {
    const at = await shop()
    const ada = await at.arrive('code-ada')
    valueOf(await at.say(ada, 'My secret'))
    await at.arrive('code-bob', { token: otherToken })
    at.clock.advance(minutes(1))
    const { token, session } = valueOf(await at.useCases.createSession({ contactId: ada.contact.id }))
    expect(valueOf(await at.useCases.configureGuest({ deploymentId: at.deploymentId, token, startNew: false })).session.id).toBe(session.id)

    const bob = await at.arrive('code-bob', { token })

    expect(bob).not.toHaveProperty('conversation')
    expect(await at.store.contact(ada.contact.id)).not.toHaveProperty('mergedInto')
  })

  test('their token alone opens nothing', async () => {
    const at = await shop()
    await at.arrive('code-ada')
    const plain = () => at.useCases.configureGuest({ deploymentId: at.deploymentId, token: browserToken, startNew: false })

    expect(await plain()).toMatchObject({ refusal: { code: 'sign_in_needed' } })
    await at.timePasses(days(4))
    expect(await plain()).toMatchObject({ refusal: { code: 'sign_in_needed' } })
  })

  test('a token that led to them before they proved who they are leads to somebody new', async () => {
    const at = await shop()
    await at.guestWrites('Hello')
    const { token } = valueOf(await at.useCases.createSession({ contactId: at.guest.contact.id }))
    await at.timePasses(days(4))
    await at.arrive('code-ada')

    const stranger = valueOf(await at.useCases.configureGuest({ deploymentId: at.deploymentId, token, startNew: false }))

    expect(stranger.contact.id).not.toBe(at.guest.contact.id)
    expect(stranger).not.toHaveProperty('conversation')
  })

  test('the same browser goes on where it was, and after expiry in a new session', async () => {
    const at = await shop()
    const first = await at.arrive('code-ada')
    const again = await at.arrive('code-ada-again')
    await at.timePasses(days(4))
    const later = await at.arrive('code-ada')

    expect(again).toMatchObject({ newSession: false, justSignedIn: false, session: { id: first.session.id } })
    expect(later).toMatchObject({ newSession: true, contact: { id: first.contact.id } })
  })

  test('somebody else who signs in on the same browser gets nothing of them', async () => {
    const at = await shop()
    const ada = await at.arrive('code-ada')
    valueOf(await at.say(ada, 'My secret'))

    const bob = await at.arrive('code-bob')

    expect(bob.contact.id).not.toBe(ada.contact.id)
    expect(bob).not.toHaveProperty('conversation')
    expect((await at.store.session(ada.session.id))?.ended).toBeDefined()
  })

  test('two browsers share one conversation, and their messages say that they are authenticated', async () => {
    const at = await shop()
    const one = await at.arrive('code-ada')
    valueOf(await at.say(one, 'From my desk'))

    const other = await at.arrive('code-ada-again', { token: otherToken })

    expect(other).toMatchObject({ contact: { id: one.contact.id }, conversation: { lastText: 'From my desk' } })
    expect((await at.store.session(one.session.id))?.ended).toBeUndefined()
    const written = valueOf(await at.say(other, 'From my phone'))
    expect(written.entry.metadata).toEqual({ authenticated: 'true' })
  })

  test('no anonymous guest can say so of themselves', async () => {
    const at = await shop()

    const written = valueOf(
      await at.useCases.writeAsGuest({ contactId: at.guest.contact.id, sessionId: at.guest.session.id, saying: { text: 'Hi', metadata: { authenticated: 'true', id: '1' } } }),
    )

    expect(written.entry.metadata).toEqual({ id: '1' })
  })
})

describe('the subject as the id that the business has for a person', () => {
  test('leads to the contact that the business made', async () => {
    const at = await shop({ subjectIsExternalId: true })
    const known = valueOf(await at.useCases.createContact({ deploymentId: at.deploymentId, details: { externalId: 'ada', name: 'Ada Lovelace' } }))
    await at.guestWrites('Hello')

    const after = await at.arrive('code-ada')

    expect(after.contact).toMatchObject({ id: known.id, name: 'Ada Lovelace', identity: { subject: 'ada' } })
    expect(after).toMatchObject({ conversation: { lastText: 'Hello' } })
  })

  test('is given to whoever has none, and to nobody unless the deployment says so', async () => {
    const [yes, no] = [await shop({ subjectIsExternalId: true }), await shop()]

    expect((await yes.arrive('code-ada')).contact.externalId).toBe('ada')
    expect((await no.arrive('code-ada')).contact).not.toHaveProperty('externalId')
  })

  test('does not hand over somebody who has proved to be another subject of the same provider', async () => {
    const at = await shop()
    const bob = await at.arrive('code-bob', { token: otherToken })
    valueOf(await at.useCases.updateContact({ contactId: bob.contact.id, details: { externalId: 'ada' } }))
    valueOf(await at.useCases.updateDeployment({ id: at.deploymentId, settings: { authentication: { subjectIsExternalId: true } } }))

    const ada = await at.arrive('code-ada')

    expect(ada.contact.id).not.toBe(bob.contact.id)
  })

  test('does not let somebody of another id come along with a person who proved theirs before ids counted', async () => {
    const at = await shop()
    const ada = await at.arrive('code-ada', { token: otherToken })
    valueOf(await at.useCases.updateDeployment({ id: at.deploymentId, settings: { authentication: { subjectIsExternalId: true } } }))
    const carol = valueOf(await at.useCases.createContact({ deploymentId: at.deploymentId, details: { externalId: 'carol' } }))
    const { token } = valueOf(await at.useCases.createSession({ deploymentId: at.deploymentId, contactId: carol.id }))

    const after = await at.arrive('code-ada-again', { token })

    expect(after.contact.id).toBe(ada.contact.id)
    expect(after.contact.externalId).not.toBe('carol')
    expect(await at.store.contact(carol.id)).not.toHaveProperty('mergedInto')
  })
})

describe('a refresh token', () => {
  test('is exchanged for a successor, and stays good until that is used', async () => {
    const at = await shop()
    const first = valueOf(await at.exchange('code-ada')).refreshToken ?? ''
    const refresh = (refreshToken = '') => at.useCases.refreshSignIn({ refreshToken })

    const lost = valueOf(await refresh(first))
    const second = valueOf(await refresh(first))

    expect(new Set([first, lost.refreshToken, second.refreshToken]).size).toBe(3)
    valueOf(await refresh(second.refreshToken))
  })

  test('that two tabs renew at once leaves the person signed in, whichever answer their browser keeps', async () => {
    const at = await shop()
    const first = valueOf(await at.exchange('code-ada')).refreshToken ?? ''
    const refresh = (refreshToken = '') => at.useCases.refreshSignIn({ refreshToken })
    const [kept] = [valueOf(await refresh(first)), valueOf(await refresh(first))]

    valueOf(await refresh(kept.refreshToken))
  })

  test.for(['the first', 'a successor that was not taken up'])('that is retired ends the sign-in wherever it was used: %s', async (which) => {
    const at = await shop()
    const { session, refreshToken: first } = await at.arrive('code-ada')
    const refresh = (refreshToken = '') => at.useCases.refreshSignIn({ refreshToken })
    const skipped = valueOf(await refresh(first)).refreshToken
    const second = valueOf(await refresh(first)).refreshToken
    const third = valueOf(await refresh(second)).refreshToken

    expect(await refresh(which === 'the first' ? first : skipped)).toMatchObject({ refusal: { code: 'sign_in_refused' } })

    expect(await refresh(third)).toMatchObject({ refusal: { code: 'sign_in_refused' } })
    expect((await at.store.session(session.id))?.ended?.reason).toBe('signed_out')
  })

  test('that nobody uses for a month is worth nothing any more', async () => {
    const at = await shop()
    const { refreshToken } = await at.arrive('code-ada')
    at.clock.advance(days(31))

    expect(await at.useCases.refreshSignIn({ refreshToken })).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })
})

describe('signing out', () => {
  test('ends the person’s sessions on every browser, and all their sign-ins', async () => {
    const at = await shop()
    const one = await at.arrive('code-ada')
    const other = await at.arrive('code-ada-again', { token: otherToken })

    valueOf(await at.useCases.signOutGuest({ signInId: one.signIn.id }))

    for (const { session, refreshToken, signIn } of [one, other]) {
      expect((await at.store.session(session.id))?.ended?.reason).toBe('signed_out')
      expect(await at.useCases.refreshSignIn({ refreshToken })).toMatchObject({ refusal: { code: 'sign_in_refused' } })
      expect(await at.useCases.configureSignedInGuest({ deploymentId: at.deploymentId, token: browserToken, signInId: signIn.id, startNew: false })).toMatchObject({ refusal: { code: 'sign_in_refused' } })
    }
    expect(valueOf(await at.useCases.configureGuest({ deploymentId: at.deploymentId, token: browserToken, startNew: false })).contact.id).not.toBe(one.contact.id)
  })

  test('a sign-in of another deployment opens nothing here', async () => {
    const at = await shop()
    const { signIn } = await at.arrive('code-ada')
    const elsewhere = valueOf(await at.useCases.createDeployment({ settings: { authentication } }))

    expect(await at.useCases.configureSignedInGuest({ deploymentId: elsewhere.id, token: browserToken, signInId: signIn.id, startNew: false })).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })

  test('erasing the person forgets their proofs, and they may come back as somebody new', async () => {
    const at = await shop()
    const before = await at.arrive('code-ada')

    valueOf(await at.useCases.eraseContact({ contactId: before.contact.id }))

    expect(await at.store.signIn(before.signIn.id)).toBeUndefined()
    expect((await at.arrive('code-ada-again')).contact.id).not.toBe(before.contact.id)
  })
})

describe('the settings of authentication', () => {
  test('keep their secret only for the client at the provider for whom it was entered', async () => {
    const at = await shop()
    const change = async (given: AuthenticationSettings) => valueOf(await at.useCases.updateDeployment({ id: at.deploymentId, settings: { authentication: given } })).authentication

    expect(await change({ allowSessionUpgrade: false })).toHaveProperty('sealedClientSecret')
    expect(await change({ issuer: 'https://evil.example' })).not.toHaveProperty('sealedClientSecret')
  })

  test.for([
    [{ issuer: '' }, '#/authentication/issuer'],
    [{ clientId: '' }, '#/authentication/clientId'],
    [{ issuer: 'https://id.example/?x=1' }, '#/authentication/issuer'],
    [{ issuer: 'file:///etc/passwd' }, '#/authentication/issuer'],
    [{ redirectUris: ['/callback'] }, '#/authentication/redirectUris/0'],
    [{ redirectUris: ['https://shop.example/#here'] }, '#/authentication/redirectUris/0'],
  ] as const)('are refused where they could not work: %j', async ([given, pointer]) => {
    const at = await shop()

    expect(await at.useCases.updateDeployment({ id: at.deploymentId, settings: { authentication: given } })).toMatchObject({ refusal: { code: 'invalid_request', faults: [{ pointer }] } })
  })
})

describe('a push device', () => {
  const device = { deviceToken: 'fcm-abc', notificationProvider: 'FCM', deviceType: 'android', language: 'nl-NL' } as const

  test('belongs to whoever its token acts for, and is registered once', async () => {
    const at = await shop()
    const { useCases, deploymentId } = at
    const register = (token: string) => useCases.registerPushDevice({ deploymentId, token, device })

    valueOf(await register(browserToken))

    expect(await register(browserToken)).toMatchObject({ refusal: { code: 'already_exists' } })
    expect(await register(otherToken)).toMatchObject({ refusal: { code: 'not_found', noun: 'session' } })
    expect(await useCases.registerPushDevice({ deploymentId: toId('nowhere'), token: browserToken, device })).toMatchObject({ refusal: { noun: 'deployment' } })
    valueOf(await useCases.updatePushDevice({ deploymentId, token: browserToken, device: { language: 'de-DE' } }))
    expect(await at.store.pushDevices(at.guest.contact.id)).toMatchObject([{ ...device, language: 'de-DE' }])
    valueOf(await useCases.removePushDevice({ deploymentId, token: browserToken }))
    expect(await useCases.removePushDevice({ deploymentId, token: browserToken })).toMatchObject({ refusal: { noun: 'push device' } })
    expect(await useCases.updatePushDevice({ deploymentId, token: browserToken, device: {} })).toMatchObject({ refusal: { noun: 'push device' } })
  })

  test('is found by its token in lower case', async () => {
    const at = await shop()
    const token = otherToken.toUpperCase()
    const { contact } = await at.guestArrives({ token })

    valueOf(await at.useCases.registerPushDevice({ deploymentId: at.deploymentId, token: token.toLowerCase(), device }))

    expect(await at.store.pushDevices(contact.id)).toHaveLength(1)
  })

  test('goes with its browser when the guest signs in, and no other guest’s does', async () => {
    const at = await shop()
    const ada = await at.arrive('code-ada', { token: otherToken })
    const anonymous = at.guest.contact.id
    const { token } = valueOf(await at.useCases.createSession({ contactId: anonymous }))
    for (const one of [browserToken, token]) valueOf(await at.useCases.registerPushDevice({ deploymentId: at.deploymentId, token: one, device }))

    await at.arrive('code-ada-again')

    expect(await at.store.pushDevices(ada.contact.id)).toHaveLength(1)
    expect(await at.store.pushDevices(anonymous)).toEqual([])
  })

  test.for(['signs out', 'is erased', 'clears the conversation'])('is forgotten when its guest %s', async (what) => {
    const at = await shop()
    const { contact, session, signIn } = await at.arrive('code-ada')
    valueOf(await at.useCases.registerPushDevice({ deploymentId: at.deploymentId, token: browserToken, device }))

    if (what === 'signs out') valueOf(await at.useCases.signOutGuest({ signInId: signIn.id }))
    else if (what === 'is erased') valueOf(await at.useCases.eraseContact({ contactId: contact.id }))
    else valueOf(await at.useCases.clearConversation({ contactId: contact.id, sessionId: session.id }))

    expect(await at.store.pushDevices(contact.id)).toEqual([])
  })
})
