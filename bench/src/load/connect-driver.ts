import { createBeckonDriver } from './beckon-driver.ts'
import type { Driver, Target } from './driver.ts'
import { createFloorDriver } from './floor-driver.ts'
import { createRelayDriver } from './relay-driver.ts'
import { createSocketIoDriver } from './socket-io-driver.ts'
import { connectJetStreamUser } from './wire/jetstream-user.ts'
import { connectMqttUser } from './wire/mqtt-user.ts'
import { connectXmppUser } from './wire/xmpp-user.ts'

export function connectDriver(target: Target): Driver {
  switch (target.kind) {
    case 'floor':
      return createFloorDriver(target.url)
    case 'socket-io':
      return createSocketIoDriver(target.url)
    case 'beckon':
      return createBeckonDriver(target)
    case 'mqtt':
      return createRelayDriver((name) => connectMqttUser(target.url, name))
    case 'jetstream':
      return createRelayDriver((name) => connectJetStreamUser(target.url, name))
    case 'xmpp':
      return createRelayDriver((name) => connectXmppUser(target.url, name))
    case 'empty-post':
      throw new Error('the empty POST knows no guests')
  }
}
