import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { NoRole } from '@/features/auth/no-role'
import { ConsoleFrame } from '@/features/auth/console-frame'
import { sidebarCookie } from '@/features/shell/shell-data'
import { currentMe, liveCursor, shellData } from '@/server/shell'
import { signedInActor } from '@/server/reader'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const me = await currentMe()
  if (me === null) return <NoRole email={(await signedInActor()).email ?? ''} />
  const cursor = await liveCursor()
  const [data, jar] = await Promise.all([shellData(me), cookies()])
  return (
    <ConsoleFrame
      data={data}
      cursor={cursor}
      initiallyCollapsed={jar.get(sidebarCookie)?.value === 'collapsed'}
    >
      {children}
    </ConsoleFrame>
  )
}
