'use client'

import { DiffView } from '@fairlead/ui/diff-view'
import { useMemo } from 'react'
import { compareTexts } from '@/features/applications/compare-lines'

type TextDifferenceProps = { label: string; left: string; right: string }

/** A value of many lines: what the left one has is removed, what the right one has is added. */
export function TextDifference({ label, left, right }: TextDifferenceProps) {
  const lines = useMemo(() => compareTexts(left, right), [left, right])
  return <DiffView title={label} lines={lines} />
}
