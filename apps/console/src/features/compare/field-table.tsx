'use client'

import type { Difference } from '@fairlead/contracts/comparison'
import { cn } from '@fairlead/ui/cn'
import { Skeleton } from '@fairlead/ui/skeleton'
import dynamic from 'next/dynamic'

/** Few values have lines, and telling them apart needs a library. */
const TextDifference = dynamic(() => import('./text-difference').then((module) => module.TextDifference), {
  loading: () => <Skeleton className="h-20" />,
})

type FieldTableProps = { label: string; left: string; right: string; differences: readonly Difference[] }

const cellLook = 'px-3 py-1 align-top'

/** Each field that differs, with what it is on either side. That one is not set is said in words. */
export function FieldTable({ label, left, right, differences }: FieldTableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="min-w-0 overflow-x-auto rounded-md border border-line"
    >
      <table
        aria-label={label}
        className="w-full min-w-[44rem] table-fixed border-collapse text-left text-xs leading-5"
      >
        <thead className="border-b border-line bg-sunken text-muted">
          <tr>
            <th scope="col" className={cn(cellLook, 'w-2/5 font-normal')}>
              Field
            </th>
            <th scope="col" className={cn(cellLook, 'font-normal')}>
              {left}
            </th>
            <th scope="col" className={cn(cellLook, 'font-normal')}>
              {right}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line font-mono">
          {differences.map((difference, index) => (
            <FieldRow key={index} difference={difference} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const hasLines = (text: string | null): boolean => text?.includes('\n') === true

function FieldRow({ difference: { path, left, right } }: { difference: Difference }) {
  const field = (
    <th scope="row" className={cn(cellLook, 'font-normal break-all')}>
      {path}
    </th>
  )
  if (left !== null && right !== null && (hasLines(left) || hasLines(right)))
    return (
      <tr>
        {field}
        <td colSpan={2} className="p-1 align-top">
          <TextDifference label={path} left={left} right={right} />
        </td>
      </tr>
    )
  return (
    <tr>
      {field}
      <ValueCell text={left} />
      <ValueCell text={right} />
    </tr>
  )
}

const ValueCell = ({ text }: { text: string | null }) => (
  <td className={cn(cellLook, 'break-all whitespace-pre-wrap', text === null && 'bg-sunken')}>
    {text ?? <span className="font-sans text-muted italic">not set</span>}
  </td>
)
