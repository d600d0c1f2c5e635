import { Logo } from '@fairlead/ui/logo'
import type { ReactNode } from 'react'

/** The calm frame of pages before the console: one column, the mark, nothing else. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <main id="main" className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2">
          <Logo className="size-7 text-accent-text" />
          <span className="text-base font-semibold tracking-tight">Fairlead</span>
        </div>
        {children}
      </main>
    </div>
  )
}
