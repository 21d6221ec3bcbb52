import { createBeckonDriver } from './beckon-driver.ts'
import type { Driver, Target } from './driver.ts'
import { createFloorDriver } from './floor-driver.ts'
import { createSocketIoDriver } from './socket-io-driver.ts'

export function connectDriver(target: Target): Driver {
  switch (target.kind) {
    case 'floor':
      return createFloorDriver(target.url)
    case 'socket-io':
      return createSocketIoDriver(target.url)
    case 'beckon':
      return createBeckonDriver(target)
    case 'empty-post':
      throw new Error('the empty POST knows no guests')
  }
}
