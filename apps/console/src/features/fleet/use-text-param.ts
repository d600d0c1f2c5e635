'use client'

import { useEffect, useRef, useState } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'

const writeAfterMs = 250

/** Typed text: at once on screen, soon after in the address (every keystroke there would redo the page). */
export function useTextParam(key: string): [string, (text: string) => void] {
  const [params, set] = useUrlParams()
  const inAddress = params.get(key) ?? ''
  const [text, setText] = useState(inAddress)
  const [seen, setSeen] = useState(inAddress)
  if (seen !== inAddress) {
    setSeen(inAddress)
    setText(inAddress)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSeen(next)
      set({ [key]: next })
    }, writeAfterMs)
  }
  return [text, type]
}
