import type { GuestOutbox, OutboxItem } from '@beckon/client'
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'

interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: OutboxItem }
}

/** Unsent messages in IndexedDB: they survive a reload and are shared by the tabs of this deployment. */
export function indexedOutbox(deploymentId: string): GuestOutbox & { readonly destroy: () => Promise<void> } {
  const name = `beckon:${deploymentId}`
  let opening: Promise<IDBPDatabase<OutboxSchema>> | undefined
  const database = (): Promise<IDBPDatabase<OutboxSchema>> => {
    opening ??= openDB<OutboxSchema>(name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('outbox', { keyPath: 'clientId' }),
    })
    return opening
  }
  return {
    load: async () => (await database()).getAll('outbox'),
    put: async (item) => void (await (await database()).put('outbox', item)),
    remove: async (clientId) => (await database()).delete('outbox', clientId),
    destroy: async () => {
      const open = await opening?.catch(() => undefined)
      open?.close()
      opening = undefined
      await deleteDB(name)
    },
  }
}
