'use client'

import { toastLook } from '@fairlead/ui/toast-look'
import { useTheme } from 'next-themes'
import { useEffect } from 'react'
import { Toaster as Sonner } from 'sonner'
import { toasterWanted } from './toaster-wanted'

export default function Toaster() {
  const { resolvedTheme } = useTheme()
  useEffect(() => toasterWanted.ready(), [])
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{ unstyled: true, classNames: toastLook }}
    />
  )
}
