'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** The zone of whoever looks; UTC until the page is in their browser, so that the server draws the same. */
export const useZone = (): string =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  )
