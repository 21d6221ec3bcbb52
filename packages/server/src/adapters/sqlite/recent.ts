/**
 * The most recently used things, at most `capacity` of them. This process is the file's only writer, so what is kept
 * here is what is stored, as long as a failed transaction clears it.
 */
export interface Recent<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  clear(): void
}

export function createRecent<K, V>(capacity: number): Recent<K, V> {
  // Two generations instead of a linked list: a hit costs one look-up, and ageing costs nothing per item.
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  const set = (key: K, value: V): void => {
    young.set(key, value)
    if (young.size < capacity / 2) return
    old = young
    young = new Map()
  }
  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const aged = old.get(key)
      if (aged !== undefined) set(key, aged)
      return aged
    },
    set,
    delete(key) {
      young.delete(key)
      old.delete(key)
    },
    clear() {
      young.clear()
      old.clear()
    },
  }
}
