'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

type SetParams = (changes: Readonly<Record<string, string | null>>, how?: 'push' | 'replace') => void

/** The page's state in its address. A filter replaces the entry; something opened pushes one, so that Back closes it. */
export function useUrlParams(): [Readonly<URLSearchParams>, SetParams] {
  const params = useSearchParams()
  const set = useCallback<SetParams>((changes, how = 'replace') => {
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
    }
    const query = next.toString()
    const address = query === '' ? window.location.pathname : `${window.location.pathname}?${query}`
    if (how === 'push') window.history.pushState(null, '', address)
    else window.history.replaceState(null, '', address)
  }, [])
  return [params, set]
}

/** The present address with some parameters changed, for links. */
export function hrefWith(
  path: string,
  params: Readonly<URLSearchParams>,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
  }
  const query = next.toString()
  return query === '' ? path : `${path}?${query}`
}
