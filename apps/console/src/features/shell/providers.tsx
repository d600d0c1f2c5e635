'use client'

import { LinkProvider } from '@fairlead/ui/app-link'
import { StyleNonce } from '@fairlead/ui/style-nonce'
import { ThemeProvider } from 'next-themes'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { AppToaster } from './app-toaster'

/** Theme without a flash, the router's link for every primitive, toasts. Wraps signed-out pages too. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <StyleNonce nonce={nonce}>
      <ThemeProvider attribute="class" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
        <LinkProvider component={Link}>
          {children}
          <AppToaster />
        </LinkProvider>
      </ThemeProvider>
    </StyleNonce>
  )
}
