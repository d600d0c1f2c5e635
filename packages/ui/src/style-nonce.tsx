'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'

/** Gives the few style elements that primitives add the page's nonce. */
export function StyleNonce({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return <CSPProvider {...(nonce ? { nonce } : {})}>{children}</CSPProvider>
}
