import { presenceContract } from '@beckon/core/testing/contracts/presence'
import { createLocalPresence } from './local-presence.ts'

presenceContract(createLocalPresence)
