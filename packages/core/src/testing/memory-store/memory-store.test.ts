import { expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { StoreUnavailable } from '../../ports/store.ts'
import { aDeployment } from '../builders.ts'
import { storeContract } from '../contracts/store.contract.ts'
import { createMemoryStore } from './memory-store.ts'

storeContract(({ clock }) => createMemoryStore({ clock }))

test('a memory store that is away rejects everything as an outage, changes nothing, and comes back as it was', async () => {
  const store = createMemoryStore()
  const write = () => store.transact({ need: {}, decide: () => ({ result: 'written', changes: [{ kind: 'put-deployment', deployment: aDeployment() }] }) })

  store.goAway()
  await expect(write()).rejects.toBeInstanceOf(StoreUnavailable)
  await expect(store.ping()).rejects.toMatchObject({ name: 'StoreUnavailable', retryable: true })
  await expect(store.claimTimers(aDeployment().createdAt, aDeployment().sessionDuration, 1)).rejects.toBeInstanceOf(StoreUnavailable)
  store.comeBack()

  expect(await store.deployment(toId('deployment-1'))).toBeUndefined()
  expect(await write()).toBe('written')
})
