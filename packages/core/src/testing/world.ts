import { createUseCases, type UseCases } from '../application/use-cases.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { Secrets } from '../ports/secrets.ts'
import { createFakeClock, createFakeTimers, type FakeClock, type FakeTimers } from './fake-clock.ts'
import { createMemoryAttachmentFiles, type MemoryAttachmentFiles } from './memory-attachment-files.ts'
import { createFakeIdentityProvider, type FakeIdentityProvider } from './fake-identity-provider.ts'
import { createMemoryBus, type MemoryBus } from './memory-bus.ts'
import { createMemoryPresence, type MemoryPresence } from './memory-presence.ts'
import { createMemoryStore, type MemoryStore } from './memory-store/memory-store.ts'
import { createSignatureProbe } from './signature-probe.ts'
import { createPlainSecrets } from './plain-secrets.ts'
import { createSequenceIds } from './sequence-ids.ts'

/** Every port faked, and the use cases on top of them. */
export interface World {
  readonly clock: FakeClock
  readonly timers: FakeTimers
  readonly ids: IdSource
  readonly secrets: Secrets
  readonly presence: MemoryPresence
  readonly bus: MemoryBus
  readonly identityProvider: FakeIdentityProvider
  readonly store: MemoryStore
  readonly files: MemoryAttachmentFiles
  readonly useCases: UseCases
}

/** A world at rest: nothing is stored, nobody is here, the clock stands at New Year. Commits are told on the bus. */
export function createWorld(): World {
  const clock = createFakeClock()
  const ids = createSequenceIds()
  const secrets = createPlainSecrets()
  const presence = createMemoryPresence()
  const bus = createMemoryBus()
  const store = createMemoryStore({ clock })
  const identityProvider = createFakeIdentityProvider()
  const files = createMemoryAttachmentFiles()
  const probe = createSignatureProbe()
  store.onCommitted((batch) => bus.publish({ kind: 'committed', batch }))
  const useCases = createUseCases({ files, probe, store, clock, ids, secrets, presence, identityProvider })
  return { clock, files, timers: createFakeTimers(clock), ids, secrets, presence, bus, identityProvider, store, useCases }
}

