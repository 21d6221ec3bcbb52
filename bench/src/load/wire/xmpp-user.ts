import { must } from '../../must.ts'
import { countArrivals } from '../arrivals.ts'
import type { RelayUser } from '../relay-driver.ts'
import { openByteSocket } from './byte-socket.ts'
import { createWaitingAcks } from './waiting-acks.ts'

/**
 * XMPP as far as a chat needs it: in-band registration, SASL PLAIN, a resource, presence, and stream management (XEP-0198), whose
 * `<a h='…'/>` is what an XMPP server tells a sender: so many of your stanzas are handled. Stanzas are found by their closing tag; bodies
 * here hold no markup.
 */

const DOMAIN = 'localhost'
const PASSWORD = 'bench'
const OPEN = `<?xml version='1.0'?><stream:stream to='${DOMAIN}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`
const MANAGEMENT = 'urn:xmpp:sm:3'
/** Everything that is read here, and nothing that may stand inside of it. */
const STANZA = /<message [^]*?<\/message>|<presence [^>]*?(?:\/>|>[^]*?<\/presence>)|<iq [^>]*?(?:\/>|>[^]*?<\/iq>)|<a h='\d+'[^>]*\/>|<r xmlns[^>]*\/>|<enabled [^>]*\/>|<success [^>]*\/>|<\/stream:features>|<(?:failure|failed|stream:error)[^>]*>/g

export async function connectXmppUser(url: string, name: string): Promise<RelayUser> {
  const socket = await openByteSocket(url)
  const acks = createWaitingAcks()
  const arrivals = countArrivals()
  let listener: (text: string) => void = () => {}
  let handled = 0
  let acknowledged = 0
  let sent = 0
  const counted = (): void => { handled += 1 }
  const onStanza = (stanza: string): void => {
    if (stanza.startsWith('<message')) {
      counted()
      listener(must(/<body>([^<]*)<\/body>/.exec(stanza)?.[1], 'the text of a message'))
      arrivals.add(1)
    } else if (stanza.startsWith('<a ')) {
      const upTo = Number(/h='(\d+)'/.exec(stanza)?.[1])
      for (; acknowledged < upTo; acknowledged += 1) acks.settle(acknowledged + 1)
    } else if (stanza.startsWith('<r ')) {
      socket.send(`<a xmlns='${MANAGEMENT}' h='${handled}'/>`)
    } else {
      counted()
    }
  }
  const stanzas = createStanzaReader(socket.onBytes)
  const ask = async (request: string, answer: string): Promise<void> => {
    const answered = stanzas.until(answer)
    socket.send(request)
    await answered
  }
  await ask(OPEN, '</stream:features>')
  await ask(`<iq type='set' id='register' to='${DOMAIN}'><query xmlns='jabber:iq:register'><username>${name}</username><password>${PASSWORD}</password></query></iq>`, '<iq ')
  await ask(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${Buffer.from(`\0${name}\0${PASSWORD}`).toString('base64')}</auth>`, '<success')
  await ask(OPEN, '</stream:features>')
  await ask(`<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>`, '<iq ')
  await ask(`<enable xmlns='${MANAGEMENT}'/>`, '<enabled')
  stanzas.follow(onStanza)
  const send = (stanza: string): Promise<void> => {
    sent += 1
    const settled = acks.expect(sent)
    socket.send(`${stanza}<r xmlns='${MANAGEMENT}'/>`)
    return settled
  }
  await send('<presence/>')
  return {
    send: (to, text) => send(`<message to='${to}@${DOMAIN}' type='chat' id='${sent}'><body>${text}</body></message>`),
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: socket.drop,
  }
}

interface StanzaReader {
  readonly until: (start: string) => Promise<void>
  readonly follow: (listener: (stanza: string) => void) => void
}

function createStanzaReader(onBytes: (listener: (bytes: Buffer) => void) => void): StanzaReader {
  let read = ''
  let listener: (stanza: string) => void = () => {}
  onBytes((bytes) => {
    read += bytes.toString('latin1')
    let end = 0
    for (const match of read.matchAll(STANZA)) {
      end = match.index + match[0].length
      if (/^<(?:failure|failed|stream:error)/.test(match[0])) throw new Error(`the XMPP server refused: ${read}`)
      listener(match[0])
    }
    read = read.slice(end)
  })
  return {
    until: (start) => new Promise((resolve) => {
      listener = (stanza) => { if (stanza.startsWith(start)) resolve() }
    }),
    follow: (next) => { listener = next },
  }
}
