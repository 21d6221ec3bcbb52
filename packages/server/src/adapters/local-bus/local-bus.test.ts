import { busContract } from '@beckon/core/testing/contracts/bus'
import { createLocalBus } from './local-bus.ts'

busContract(() => Promise.resolve({ bus: createLocalBus({ onListenerError: () => undefined }), settled: () => Promise.resolve() }))
