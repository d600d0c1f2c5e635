'use client'

import { useEffect, useState } from 'react'

const settleMs = 120

/** The value once it has not changed for a moment: the server need not answer every letter. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
