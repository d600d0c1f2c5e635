'use client'

import type { ExternalToast } from 'sonner'
import { wantToaster } from './toaster-wanted'

type Kind = 'success' | 'error' | 'info' | 'warning'

/** Nothing of it is loaded before the first toast: the frame then mounts the place where toasts appear. */
const say = (kind: Kind) => (title: string, options?: ExternalToast) => {
  void Promise.all([import('sonner'), wantToaster()]).then(([{ toast: sonner }]) =>
    sonner[kind](title, options),
  )
}

export const toast = {
  success: say('success'),
  error: say('error'),
  info: say('info'),
  warning: say('warning'),
}
