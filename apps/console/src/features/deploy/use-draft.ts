'use client'

import { useCallback, useState, useSyncExternalStore } from 'react'

const subscribeNever = () => () => undefined

/**
 * What is being typed, kept over reloads and navigation until it was accepted or the tab is closed.
 * Drawn only in the browser (`ready`): the server knows no draft.
 */
export function useDraft<Draft extends object>(key: string, initial: Draft) {
  const ready = useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  )
  const [draft, setDraft] = useState<Draft>(initial)
  const [loadedKey, setLoadedKey] = useState<string | null>(null)
  if (ready && loadedKey !== key) {
    setLoadedKey(key)
    setDraft({ ...initial, ...stored<Draft>(key) })
  }
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...before, ...part }
        store(key, next)
        return next
      }),
    [key],
  )
  const forget = useCallback(() => sessionStorage.removeItem(storageKey(key)), [key])
  return { draft, change, forget, ready: ready && loadedKey === key }
}

const storageKey = (key: string): string => `fairlead-draft:${key}`

function stored<Draft>(key: string): Partial<Draft> {
  try {
    const text = sessionStorage.getItem(storageKey(key))
    return text === null ? {} : (JSON.parse(text) as Partial<Draft>)
  } catch {
    return {}
  }
}

/** A draft too large for the browser's storage is still kept in memory. */
function store(key: string, draft: object): void {
  try {
    sessionStorage.setItem(storageKey(key), JSON.stringify(draft))
  } catch {
    sessionStorage.removeItem(storageKey(key))
  }
}
